// How the API's words are said to people.

export const CATEGORIES = {
  general_residential: "General residential",
  dementia_residential: "Dementia residential",
  general_nursing: "General nursing",
  dementia_nursing: "Dementia nursing",
  learning_disability_residential: "Learning disability residential",
  learning_disability_nursing: "Learning disability nursing",
  mental_health_residential: "Mental health residential",
  mental_health_nursing: "Mental health nursing",
  young_physically_disabled: "Young physically disabled",
  transitional: "Transitional",
};

export const CATEGORY_HINTS = {
  transitional: "Discharge to assess, reablement, respite",
};

export const COUNTS = {
  accepting: "accepting",
  reserved: "reserved",
  not_available: "not offered",
  maximum_capacity: "beds in all",
  occupied: "occupied",
};

export const CLOSURE_REASONS = {
  outbreak: "Outbreak of infection",
  staffing: "Not enough staff",
  refurbishment: "Refurbishment",
  regulatory: "Told to by a regulator or council",
  other: "Another reason",
};

export const NOT_AVAILABLE_REASONS = {
  staffing: "Not enough staff",
  infection_control: "Infection control",
  refurbishment: "Refurbishment",
  shared_room: "Place in a shared room",
  funding: "Funding",
  other: "Another reason",
  not_stated: "Not stated",
};

export function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

// "a", "a and b", "a, b and c"
export function listed(words) {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}
