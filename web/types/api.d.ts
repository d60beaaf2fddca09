// What the API sends, as docs/http.md describes it. For the compiler only: nothing of it is served.

declare namespace Api {
  type BedCategory =
    | "general_residential"
    | "dementia_residential"
    | "general_nursing"
    | "dementia_nursing"
    | "learning_disability_residential"
    | "learning_disability_nursing"
    | "mental_health_residential"
    | "mental_health_nursing"
    | "young_physically_disabled"
    | "transitional";

  type Rating = "Inadequate" | "Requires improvement" | "Good" | "Outstanding";

  /** Beds by category; a category that is not there has none. */
  type ByCategory<T = number> = Partial<Record<BedCategory, T>>;

  interface BedCounts {
    maximum_capacity: number;
    occupied: number;
    reserved: number;
    accepting: number;
    not_available: number;
    not_available_reason?: string;
    available_from?: string;
    suits?: "woman" | "man" | "couple";
  }

  interface AdmissionStatus {
    status: "open" | "closed";
    reason?: string;
    expected_date?: string;
  }

  interface ShopWindow {
    weekly_fee_from?: number | null;
    weekly_fee_to?: number | null;
    vacancies_phone?: string | null;
    website?: string | null;
    description?: string | null;
  }

  type Answer = "yes" | "ask" | "no";

  /** The hours of each day of the week, and of `bank_holiday`: periods such as "08:00-20:00". */
  type AdmissionHours = Record<string, string[]> & { same_day_before?: string };

  /** What a home says of whom it takes, and on which terms; what it has not said is left out. */
  interface Declaration {
    needs?: Record<string, Answer>;
    /** By group, the day on which staff last went through its needs. */
    needs_said_on?: Record<string, string>;
    funding?: string[] | null;
    top_up_from?: number | null;
    respite_nights?: number | null;
    assesses_by?: string[] | null;
    assesses_within_hours?: number | null;
    admission_hours?: AdmissionHours | null;
    also_as?: Record<string, string[] | null>;
  }

  interface Home extends ShopWindow, Declaration {
    location_id: string;
    version: number;
    /** When it last said each count. */
    said_at?: ByCategory<string>;
    /** Only of the response that loads a home: the chances are those of that moment. */
    listings?: Listing[];
    /** Of that response too: how much an answer of the home would tell. */
    reminder_value?: number;
    /** Of that response, for its staff, where search is not public: what teams were told. */
    disputes?: Dispute[];
    name: string;
    address: string;
    postcode: string;
    local_authority: string;
    latitude: number;
    longitude: number;
    registration: "active" | "dormant" | "deregistered";
    /** The location id that took this one's place. */
    successor?: string;
    /** The location id before this one, and what was carried over from there. */
    home_before?: HomeBefore;
    phone?: string;
    registered_beds?: number;
    rating?: Rating;
    nursing: boolean;
    service_user_bands: string[];
    register_website?: string;
    beds: ByCategory<BedCounts>;
    admission_status: AdmissionStatus;
    confirmed_at?: string;
    /** After an edit: answers that do not fit what else is known of the home. */
    warnings?: Warning[];
    /** After an edit, of needs that are no longer asked, which were ignored. */
    notices?: string[];
  }

  interface Warning {
    /** A need or a funding. */
    need: string;
    message: string;
  }

  type CarriedPart = "vacancies" | "building" | "vacancies_phone" | "website" | "questions";

  interface HomeBefore {
    location_id: string;
    carried: CarriedPart[];
    /** When the old id said the bed counts that were carried over. */
    vacancies_at?: string;
    /** Whether its staff have not said yet what is still right: they ask for the questions. */
    has_questions?: true;
    /** The needs whose answers about the building were carried over, and not said since. */
    building?: string[];
  }

  /** What the home before promised, and this one has not said: each is a question to its staff. */
  type Promises = Pick<ShopWindow, "weekly_fee_from" | "weekly_fee_to" | "description"> &
    Declaration;

  /** Whether a part of what an old location id said can carry over, and what that would be. */
  interface CarryPart {
    part: CarriedPart;
    state: "ready" | "carried" | "refused" | "nothing";
    why?: string;
    value: Partial<
      Pick<Home, "beds" | "admission_status" | "confirmed_at"> & ShopWindow & Declaration
    >;
  }

  interface Succession {
    old: Home;
    new: Home;
    parts: CarryPart[];
    /** The council's marks on both; null where there is none. */
    placing_stops: { old: PlacingStop | null; new: PlacingStop | null };
  }

  /** The old home, with what a press carried over. */
  interface CarriedOver extends Home {
    carried?: CarriedPart[];
    not_carried?: { part: CarriedPart; why: string }[];
    /** Where the council asked for it: whether its mark is now on the new home too. */
    placing_stop_carried?: boolean;
  }

  /** An address that an old location id reminded, and how far it is with the new one. */
  interface OldMember extends Member {
    at_successor: "none" | "pending" | "confirmed";
  }

  interface HomeChange {
    action: "updated" | "confirmed" | "edited" | "imported" | "carried_over";
    changed_at: string;
    was?: Record<string, any>;
    is: Record<string, any>;
  }

  interface HomeChanges {
    changes: HomeChange[];
    next_cursor: string | null;
  }

  interface Place {
    label: string;
    latitude: number;
    longitude: number;
    approximate: boolean;
  }

  /** A home among the results of a search. */
  interface SearchResult extends HomeFit {
    location_id: string;
    name: string;
    address?: string;
    postcode: string;
    latitude: number;
    longitude: number;
    phone?: string;
    rating?: Rating;
    weekly_fee_from?: number;
    weekly_fee_to?: number;
    admission_status: AdmissionStatus;
    confirmed_at?: string;
    distance_miles: number;
    age: string;
    /** From 0 to 1, where the home lists a bed of what is searched for. */
    chance?: number;
    likelihood?: Likelihood;
    chance_basis?: ChanceBasis;
    /** What teams were told against the listing that the chance is of. */
    gone?: Gone;
    /** How the home answered the last such requests; only for who may see what teams say. */
    requests?: Requests[];
    free: ByCategory;
    available_from?: ByCategory<string>;
    /** By category, whom its free beds suit; those that suit anyone are not there. */
    suits?: ByCategory<"woman" | "man" | "couple">;
    /** By category, what else its beds may be used as. */
    also_as?: ByCategory<BedCategory[]>;
  }

  /** What a home says of all that is asked: names of needs, funding and `admit_by` by its answer. */
  interface HomeFit {
    fit?: Answer;
    yes?: string[];
    ask?: string[];
    no?: string[];
    not_said?: string[];
    wishes_met?: string[];
  }

  type Likelihood = "very_likely" | "likely" | "uncertain" | "phone_first";

  interface Gone {
    told_at: string;
    teams: number;
    /** Whether two teams were told so within a day. */
    disputed: boolean;
  }

  /** Of the last requests for one thing, how many a home took. */
  interface Requests {
    /** A category, a need or a funding. */
    asked: string;
    taken: number;
    requests: number;
  }

  interface RequestsOfHome extends Requests {
    location_id: string;
  }

  /** What teams were told against one listing of a home. */
  interface Dispute {
    location_id: string;
    category: BedCategory;
    said_at: string;
    gone: Gone;
  }

  type CallResult =
    "pursuing" | "gone" | "not_for_this_person" | "there" | "no_answer" | "wrong_number";

  /** What came of a call, as a team or the council said it. */
  interface Outcome {
    outcome_id: string;
    location_id: string;
    category: BedCategory;
    said_at: string;
    listed: number;
    result: CallResult;
    need?: string;
    told_at: string;
    undo_until: string;
    withdrawn?: true;
    audit_day?: string;
  }

  type CallState = "to_call" | "uncalled" | "unanswered" | "there" | "gone";

  /** A listing that was drawn for the council to call. */
  interface DrawnCall {
    day: string;
    location_id: string;
    name: string;
    phone?: string;
    category: BedCategory;
    listed: number;
    said_at: string;
    /** What the home lists at this moment; absent where that is nothing. */
    now?: { listed: number; said_at: string };
    state: CallState;
    outcome?: Outcome;
  }

  interface Audits {
    today: string;
    is_working_day: boolean;
    is_drawn: boolean;
    calls: DrawnCall[];
  }

  /** The word of a home's least likely listing; `never` where it has never posted. */
  type HomeLikelihood = Likelihood | "no_beds" | "never";

  /** Beds of one category that a home lists as free. */
  interface Listing {
    chance: number;
    likelihood: Likelihood;
    chance_basis: ChanceBasis;
  }

  interface ChanceBasis {
    category: BedCategory;
    listed: number;
    said_at: string;
    days_to_fill: number;
    seen_to_fill: number;
  }

  /** What a search would find with one thing of it given up. */
  type NearMiss = { total: number; nearest: SearchResult } & (
    | { relaxed: "requirement"; requirement: string }
    | { relaxed: "category" }
    | { relaxed: "radius"; radius_miles: number }
    | { relaxed: "date"; available_by: string }
  );

  interface SearchResults {
    near: Place;
    radius_miles: number;
    as_of: string;
    total: number;
    totals?: Record<Answer, number>;
    notices?: string[];
    results: SearchResult[];
    next_cursor: string | null;
  }

  interface Alert {
    alert_id: string;
    near: string;
    radius_miles: number;
    beds: number;
    categories: BedCategory[];
    service_user_bands: string[];
    needs: string[];
    funding?: string;
    min_rating?: Rating;
    paused?: boolean;
    ends_at?: string;
    /** Until then one that has ended can be renewed; then it is deleted. */
    renewable_until?: string;
    created_at: string;
  }

  type Protocol = "email" | "sms" | "https" | "sqs";

  /** Someone, or a system, that gets a team's alerts or a home's reminders. */
  interface Member {
    member_id: string;
    protocol: Protocol;
    /** Masked: enough to recognise it. */
    address: string;
    state: MemberState;
    /** When a person's state began; a system has none. */
    state_at?: string;
    /** When a person who has not agreed is removed. */
    expires_at?: string;
    /** Of a person who has not agreed; false where it may not have been sent. */
    invitation_sent?: boolean;
  }

  type MemberState =
    "pending" | "confirmed" | "bounced" | "opted_out" | "complained" | "unsubscribed";

  /** A home in the council's overview. */
  /** The council's mark on a home, "not placing here": days in London, the last one included. */
  interface PlacingStop {
    since: string;
    until?: string;
  }

  interface PlacingStops {
    as_of: string;
    placing_stops: (PlacingStop & { location_id: string })[];
  }

  interface PlacingStopChanges {
    changes: {
      changed_at: string;
      was: PlacingStop | null;
      is: PlacingStop | null;
      by: string;
    }[];
    next_cursor: string | null;
  }

  interface OverviewHome {
    /** The page lays it over the overview; null where the marks did not load. */
    placing_stop?: PlacingStop | null;
    location_id: string;
    name: string;
    local_authority: string;
    postcode: string;
    phone?: string;
    admission_status: AdmissionStatus;
    confirmed_at?: string;
    /** When it last said each count. */
    said_at?: ByCategory<string>;
    likelihood: HomeLikelihood;
    listings: Listing[];
    /** How often at least teams searched near it for its kinds of bed, in the last period. */
    searches: number;
    reminder_value: number;
    /** Where it was reminded today. */
    reminded_at?: string;
    capacity: ByCategory;
    free: ByCategory;
  }

  /** What became of one home that the council asked to remind. */
  interface ReminderOutcome {
    location_id: string;
    outcome:
      "reminded" | "reminded_today" | "posted_lately" | "nobody" | "not_in_search" | "unknown";
    reminded_at?: string;
  }

  interface Totals {
    homes: number;
    closed: number;
    likelihood: Record<HomeLikelihood, number>;
    capacity: ByCategory;
    vacancies: ByCategory;
  }

  interface Overview {
    as_of: string;
    totals: Totals;
    local_authorities: (Totals & { local_authority: string })[];
    homes: OverviewHome[];
    posting_but_not_in_search: {
      location_id: string;
      name: string;
      confirmed_at: string;
      registration: "dormant" | "deregistered";
    }[];
  }

  /** A week or a month. */
  interface Period {
    id: string;
    span: "week" | "month";
    first: string;
    last: string;
  }

  interface DemandRow {
    district: string;
    category: BedCategory | "any";
    need: string;
    searches: number;
    homes_saying_yes: number;
  }

  /** What teams searched for in a period; only figures that may be shown. */
  interface Demand {
    least_counts: number;
    area_miles: number;
    periods: Period[];
    period: Period | null;
    districts: { district: string; latitude: number; longitude: number }[];
    rows: DemandRow[];
  }

  /** What teams searched for near a home that it has not said, or says no to. */
  interface HomeDemand {
    period: Period | null;
    wanted: { need: string; at_least: number; said: "no" | null }[];
  }

  /** A share of some calls, and between what the true one lies 9 times in 10. */
  interface ShownRate {
    n: number;
    rate: number;
    low: number;
    high: number;
  }

  /** A rate, or only how many calls there are where they are too few to show one. */
  type Rate = ShownRate | { n: number; rate?: undefined };

  /** How often a call found a bed, and how often that was one for the team's person. */
  interface Rates {
    truth: Rate;
    fit: Rate;
  }

  type RatesBy = Record<"month" | "category" | "age", (Rates & { group: string })[]>;

  /** What became of the listings that were drawn for the council to call. */
  interface AuditCalls {
    drawn: number;
    called: number;
    unanswered: number;
    uncalled: number;
  }

  /** How often the list was right, as the council's calls found it and as teams reported it. */
  interface Truth {
    since: string;
    least_in_public: number;
    audited: { whole: Rates; by: RatesBy; calls: AuditCalls };
    reported: { whole: Rates; by: RatesBy };
  }

  /** How often one home's listings were right. */
  interface HomeTruth {
    since: string;
    least_of_one_home: number;
    audited: Rates;
    reported: Rates;
  }

  /** How often the whole list was right in whole months, as anyone may read it. */
  interface PublishedTruth extends AuditCalls {
    first: string;
    last: string;
    truth: ShownRate;
  }

  interface PublicTruth {
    published: PublishedTruth | null;
  }

  /** The calls about listings whose chance lay in one tenth. */
  interface CalibrationBin {
    from: number;
    said: number;
    seen: Rate;
    apart: boolean;
  }

  interface Calibration {
    least_judged: number;
    bins: CalibrationBin[];
  }

  /** What the changes of one day add up to. */
  interface DayOfChanges {
    changes: number;
    confirmations: number;
    homes_confirmed: number;
    closed: number;
    reopened: number;
    opened: ByCategory;
    gone: ByCategory;
  }

  interface Person {
    person_id: string;
    email: string;
    state: "active" | "waiting" | "disabled";
    added_at: string;
    second_step: boolean;
    roles: { role: string; home?: string; registration?: "dormant" | "deregistered" }[];
  }

  interface ImportRow {
    row: number;
    location_id: string | null;
    result: string;
    why?: string;
    /** What was read otherwise than it stands in the file. */
    note?: string;
  }

  interface ImportReport {
    import_id: string;
    state: "waiting" | "reported";
    finished: string;
    outcome: "imported" | "refused";
    why?: string;
    counts: Record<string, number>;
    closed: string[];
    /** Until when the removals of the import can be undone; only where there are any. */
    undo_until?: string;
    /** How many homes were active before the import. */
    active_before?: number;
    /** The homes that the report mentions, by location id. */
    homes?: Record<string, { name: string; address: string }>;
    successors?: { old: string; new: string; because: string }[];
    twins?: { location_ids: [string, string]; because: string }[];
    missing_authorities?: { local_authority: string; nearest: string[] }[];
    needs_confirmation?: boolean;
    /** What the council should check. */
    notes?: string[];
    /** How many rows have a note. */
    rows_noted?: number;
    /** Homes that are not in the file and stay as they are, for a reason in the notes. */
    kept?: string[];
    would_close: string[];
    would_be_dormant?: string[];
    rows: ImportRow[];
    total_rows: number;
    offset: number;
  }

  /** A refusal, as problem+json (RFC 9457). */
  interface Problem {
    type?: string;
    title?: string;
    detail?: string;
    errors?: { field: string; detail: string }[];
    current?: any;
  }
}
