// What a person may need of a home, and on which terms it admits. Written by `make vocabulary`.

/** @typedef {{ group: string, label: string, question: string, help?: string, needsNurses?: boolean }} Need */

/** @type {Record<string, string>} */
export const GROUPS = {
  care: "Nursing and medical care",
  moving: "Moving and the building",
  mind: "Memory, mood and behaviour",
  end_of_life: "End of life",
  infection: "Infection",
  person: "The person's life",
  language: "Languages",
  room: "The room",
};

/** @type {Record<string, Need>} */
export const NEEDS = {
  peg: {
    group: "care",
    label: "PEG feeding",
    question: "Would you take someone who is fed through a PEG?",
    help: "A tube into the stomach, in place for months or years. RIG and PEG-J too.",
    needsNurses: true,
  },
  ng_tube: {
    group: "care",
    label: "Nasogastric tube",
    question: "Would you take someone who is fed through a nasogastric tube?",
    help: "A tube through the nose, whose place is checked before each feed.",
    needsNurses: true,
  },
  tracheostomy: {
    group: "care",
    label: "Tracheostomy",
    question: "Would you take someone with a tracheostomy?",
    help: "With suction, and with someone on each shift who can change the tube.",
    needsNurses: true,
  },
  oxygen: {
    group: "care",
    label: "Oxygen",
    question: "Would you take someone who uses oxygen?",
    help: "From a concentrator or cylinders, all day or at times.",
  },
  cpap: {
    group: "care",
    label: "CPAP or BiPAP",
    question: "Would you take someone who uses a breathing machine at night?",
    help: "CPAP or BiPAP through a mask.",
  },
  insulin: {
    group: "care",
    label: "Insulin injections",
    question: "Would you take someone who needs staff to inject their insulin?",
    help: "By your own staff or by a district nurse.",
  },
  syringe_driver: {
    group: "care",
    label: "Syringe driver",
    question: "Would you take someone with a syringe driver?",
    help: "Set up and refilled by your own nurses or by the community team.",
    needsNurses: true,
  },
  catheter: {
    group: "care",
    label: "Catheter",
    question: "Would you take someone with a urinary catheter?",
    help: "Through the urethra or above the pubic bone.",
  },
  stoma: {
    group: "care",
    label: "Stoma",
    question: "Would you take someone with a stoma?",
    help: "Whose bag your staff empty and change.",
  },
  subcutaneous_fluids: {
    group: "care",
    label: "Fluids under the skin",
    question: "Would you give someone fluids under the skin?",
    help: "Subcutaneous fluids, for some days.",
    needsNurses: true,
  },
  pressure_ulcer_3_4: {
    group: "care",
    label: "Pressure ulcer, category 3 or 4",
    question: "Would you take someone with a deep pressure ulcer?",
    help: "Category 3 or 4, with dressings and a special mattress.",
    needsNurses: true,
  },
  timed_medicines: {
    group: "care",
    label: "Medicines at exact times",
    question: "Can you give medicines at exact times, day and night?",
    help: "For Parkinson's, for example: within half an hour of the time.",
  },
  epilepsy_rescue: {
    group: "care",
    label: "Epilepsy rescue medicine",
    question: "Can your staff give rescue medicine for a seizure?",
    help: "Buccal midazolam, by trained staff on every shift.",
  },
  dialysis_transport: {
    group: "care",
    label: "Dialysis",
    question: "Would you take someone who goes to hospital for dialysis?",
    help: "Usually three days a week: ready for early transport, with a diet and a limit on fluids.",
  },
  hoist: {
    group: "moving",
    label: "Hoist",
    question: "Would you take someone who is moved with a hoist?",
    help: "By two staff, for every transfer.",
  },
  two_to_help: {
    group: "moving",
    label: "Two to help",
    question: "Would you take someone who needs two staff for personal care?",
    help: "Day and night.",
  },
  wheelchair: {
    group: "moving",
    label: "Wheelchair",
    question: "Can someone in a wheelchair get to the bedroom, the toilet and the lounge?",
  },
  step_free: {
    group: "moving",
    label: "No steps",
    question: "Is there a way without steps from the street to the bedroom?",
    help: "A lift counts.",
  },
  bariatric: {
    group: "moving",
    label: "Bariatric care",
    question: "Would you take someone whose weight needs special equipment?",
    help: "A bed, hoist, chair and doors for their weight and size.",
  },
  high_falls_risk: {
    group: "moving",
    label: "Often falls",
    question: "Would you take someone who falls often?",
    help: "With sensors, a low bed and frequent checks.",
  },
  walks_with_purpose: {
    group: "mind",
    label: "Walks with purpose",
    question: "Would you take someone with dementia who walks about much of the day?",
  },
  secure_door: {
    group: "mind",
    label: "Secure unit",
    question: "Do you have a unit that someone at risk cannot leave unnoticed?",
    help: "A keypad or an alarm on the door, with the safeguards that the law asks for.",
  },
  distressed_behaviour: {
    group: "mind",
    label: "Distressed behaviour",
    question: "Would you take someone who may hit out or shout when distressed?",
  },
  resists_care: {
    group: "mind",
    label: "Resists personal care",
    question: "Would you take someone who often resists washing, dressing or medicines?",
  },
  awake_at_night: {
    group: "mind",
    label: "Awake at night",
    question: "Would you take someone who is up for much of the night?",
  },
  one_to_one: {
    group: "mind",
    label: "One to one",
    question: "Can you give one to one support?",
    help: "For hours that are agreed and paid for.",
  },
  dols: {
    group: "mind",
    label: "Deprivation of liberty safeguards",
    question: "Would you take someone who needs a DoLS authorisation?",
  },
  severe_mental_illness: {
    group: "mind",
    label: "Severe mental illness",
    question: "Would you take someone with a severe mental illness?",
    help: "Schizophrenia or bipolar disorder, for example, known to a mental health team.",
  },
  alcohol_or_drugs: {
    group: "mind",
    label: "Alcohol or drugs",
    question: "Would you take someone who drinks heavily or uses drugs?",
  },
  under_65: {
    group: "mind",
    label: "Under 65",
    question: "Would you take someone younger than 65?",
    help: "Within what CQC registered you for.",
  },
  fast_track: {
    group: "end_of_life",
    label: "End of life, fast track",
    question: "Would you take someone for their last days or weeks?",
    help: "With NHS fast-track funding, and often within a day.",
  },
  mrsa: { group: "infection", label: "MRSA", question: "Would you take someone who carries MRSA?" },
  c_difficile: {
    group: "infection",
    label: "C. difficile",
    question: "Would you take someone who has had C. difficile?",
    help: "Without diarrhoea for 48 hours.",
  },
  covid_19: {
    group: "infection",
    label: "COVID-19",
    question: "Would you take someone who has COVID-19?",
  },
  influenza: {
    group: "infection",
    label: "Influenza",
    question: "Would you take someone who has influenza?",
  },
  norovirus_recovering: {
    group: "infection",
    label: "Recovering from norovirus",
    question: "Would you take someone who is recovering from norovirus?",
    help: "Without symptoms for 48 hours.",
  },
  isolation_room: {
    group: "infection",
    label: "Room to isolate in",
    question: "Do you have a room in which someone can be cared for apart from others?",
    help: "A single room with its own toilet.",
  },
  couple: {
    group: "person",
    label: "Couple",
    question: "Would you take two people who want to live together?",
  },
  pet: {
    group: "person",
    label: "Pet",
    question: "Can someone bring their pet?",
    help: "Say ask if it depends on the animal.",
  },
  smoker: {
    group: "person",
    label: "Smoker",
    question: "Would you take someone who smokes?",
    help: "There is a place for it.",
  },
  female_carers: {
    group: "person",
    label: "Female carers only",
    question: "Can a woman have personal care from women alone?",
    help: "On every shift, nights too.",
  },
  halal: { group: "person", label: "Halal food", question: "Can you serve halal food?" },
  kosher: { group: "person", label: "Kosher food", question: "Can you serve kosher food?" },
  vegetarian: {
    group: "person",
    label: "Vegetarian food",
    question: "Can you serve vegetarian food every day?",
  },
  bsl: {
    group: "person",
    label: "British Sign Language",
    question: "Can your staff use British Sign Language?",
    help: "Someone on most shifts.",
  },
  en_suite: {
    group: "room",
    label: "En suite",
    question: "Do you have rooms with their own toilet?",
  },
  ground_floor: {
    group: "room",
    label: "Ground floor",
    question: "Do you have rooms on the ground floor?",
  },
  language_ara: {
    group: "language",
    label: "Arabic",
    question: "Do any of your staff speak Arabic?",
  },
  language_ben: {
    group: "language",
    label: "Bengali",
    question: "Do any of your staff speak Bengali?",
  },
  language_bul: {
    group: "language",
    label: "Bulgarian",
    question: "Do any of your staff speak Bulgarian?",
  },
  language_cym: {
    group: "language",
    label: "Welsh",
    question: "Do any of your staff speak Welsh?",
  },
  language_ell: {
    group: "language",
    label: "Greek",
    question: "Do any of your staff speak Greek?",
  },
  language_fas: {
    group: "language",
    label: "Persian",
    question: "Do any of your staff speak Persian?",
  },
  language_fra: {
    group: "language",
    label: "French",
    question: "Do any of your staff speak French?",
  },
  language_guj: {
    group: "language",
    label: "Gujarati",
    question: "Do any of your staff speak Gujarati?",
  },
  language_hin: {
    group: "language",
    label: "Hindi",
    question: "Do any of your staff speak Hindi?",
  },
  language_hun: {
    group: "language",
    label: "Hungarian",
    question: "Do any of your staff speak Hungarian?",
  },
  language_ita: {
    group: "language",
    label: "Italian",
    question: "Do any of your staff speak Italian?",
  },
  language_kur: {
    group: "language",
    label: "Kurdish",
    question: "Do any of your staff speak Kurdish?",
  },
  language_lit: {
    group: "language",
    label: "Lithuanian",
    question: "Do any of your staff speak Lithuanian?",
  },
  language_mal: {
    group: "language",
    label: "Malayalam",
    question: "Do any of your staff speak Malayalam?",
  },
  language_nep: {
    group: "language",
    label: "Nepali",
    question: "Do any of your staff speak Nepali?",
  },
  language_pan: {
    group: "language",
    label: "Punjabi",
    question: "Do any of your staff speak Punjabi?",
  },
  language_pol: {
    group: "language",
    label: "Polish",
    question: "Do any of your staff speak Polish?",
  },
  language_por: {
    group: "language",
    label: "Portuguese",
    question: "Do any of your staff speak Portuguese?",
  },
  language_pus: {
    group: "language",
    label: "Pashto",
    question: "Do any of your staff speak Pashto?",
  },
  language_ron: {
    group: "language",
    label: "Romanian",
    question: "Do any of your staff speak Romanian?",
  },
  language_rus: {
    group: "language",
    label: "Russian",
    question: "Do any of your staff speak Russian?",
  },
  language_som: {
    group: "language",
    label: "Somali",
    question: "Do any of your staff speak Somali?",
  },
  language_spa: {
    group: "language",
    label: "Spanish",
    question: "Do any of your staff speak Spanish?",
  },
  language_tam: {
    group: "language",
    label: "Tamil",
    question: "Do any of your staff speak Tamil?",
  },
  language_tur: {
    group: "language",
    label: "Turkish",
    question: "Do any of your staff speak Turkish?",
  },
  language_ukr: {
    group: "language",
    label: "Ukrainian",
    question: "Do any of your staff speak Ukrainian?",
  },
  language_urd: { group: "language", label: "Urdu", question: "Do any of your staff speak Urdu?" },
  language_vie: {
    group: "language",
    label: "Vietnamese",
    question: "Do any of your staff speak Vietnamese?",
  },
  language_yue: {
    group: "language",
    label: "Cantonese",
    question: "Do any of your staff speak Cantonese?",
  },
  language_zho: {
    group: "language",
    label: "Mandarin",
    question: "Do any of your staff speak Mandarin?",
  },
};

/** @type {Record<string, string>} */
export const FUNDING = {
  council_rate: "The council's rate",
  top_up: "The council's rate with a top-up",
  chc: "NHS continuing healthcare",
  fnc: "NHS-funded nursing care",
  d2a_block: "Discharge to assess, block booked",
  self_funded: "People who pay for themselves",
  respite: "Respite stays",
  deferred_payment: "Deferred payment",
};

/** @type {Record<string, string>} */
export const ASSESSMENTS = {
  telephone: "By telephone",
  video: "By video call",
  visit: "By a visit",
  trusted_assessor: "By a trusted assessor",
};

// What CQC's register suggests; a rule without a band is for a home with nurses.
/** @typedef {{ band?: string, why: string, answers: Record<string, Api.Answer> }} Rule */

/** @type {readonly Rule[]} */
export const SUGGESTIONS = [
  {
    band: "Younger Adults",
    why: "CQC's register says that you care for younger adults.",
    answers: { under_65: "yes" },
  },
  {
    band: "People who misuse drugs and alcohol",
    why: "CQC's register says that you care for people who misuse drugs and alcohol.",
    answers: { alcohol_or_drugs: "yes" },
  },
  {
    band: "Mental Health",
    why: "CQC's register says that you care for people with mental health needs.",
    answers: { severe_mental_illness: "ask" },
  },
  {
    band: "Physical Disability",
    why: "CQC's register says that you care for people with a physical disability.",
    answers: { hoist: "ask", wheelchair: "ask" },
  },
  {
    band: "Dementia",
    why: "CQC's register says that you care for people with dementia.",
    answers: { walks_with_purpose: "ask", dols: "ask" },
  },
  {
    why: "CQC's register says that you have nurses.",
    answers: {
      peg: "ask",
      syringe_driver: "ask",
      subcutaneous_fluids: "ask",
      pressure_ulcer_3_4: "ask",
    },
  },
];
