// What the pages share with one another. For the compiler only: nothing of it is served.

/** What may stand inside an element. Nothing is made of null, undefined and false. */
type Child = string | number | Node | null | undefined | false;
type Children = Child | readonly Children[];

/** Who is signed in, or was here last. */
interface Me {
  id: string;
  groups: string[];
  /** the location ids of their homes */
  homes: string[];
  /** the slugs of their discharge teams */
  teams: string[];
  isCouncil: boolean;
  /** whether some of their roles wait until they sign in with a second step */
  needsSecondStep: boolean;
}

/** What config.json says about the council that runs the stack. */
interface Council {
  name: string;
  contact: string;
  colour: string;
  privacy_url: string;
  accessibility_url: string;
}

interface MapConfig {
  tiles_url: string;
  attribution: string;
}

interface SiteConfig {
  council: Council;
  map: MapConfig;
  /** Which kinds of message the council has set up. */
  messages: { email: boolean; sms: boolean };
  search: { public: boolean };
  sign_in: {
    issuer: string;
    client_id: string;
    scope: string;
    groups_claim: string;
    endpoints:
      | (Record<string, string> & { end_session_endpoint: string; revocation_endpoint: string })
      | null;
    /** where people set up a second step; null where the council's own issuer sees to that */
    account: { url: string; scope: string; second_step_for: SecondStepFor } | null;
  };
}

type SecondStepFor = "council" | "everyone" | "nobody";

/** Something wrong with what was typed; `href` is the field ("#id"), where there is one. */
interface FieldError {
  text: string;
  href?: string | null;
}
