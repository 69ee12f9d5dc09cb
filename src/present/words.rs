//! The words of the page, in one voice: sentence case, plain verbs, "we" for the program, "you"
//! for the reader, verdicts as fixed terms.

use super::language::{say, say_text};
use crate::engine::base::Unit;
use crate::engine::report::{Previous, Verdict};
use crate::told;

macro_rules! words {
    ($($name:ident = $text:expr;)*) => {
        $(
            #[doc = "Words of the page."]
            pub const $name: &str = $text;
        )*
    };
}

/// The bands of a score, the lowest first.
pub const BANDS: [&str; 3] = ["red", "yellow", "green"];

words! {
    BRAND = "Kept";
    TAB_DATA = "Data";
    TAB_CHECK = "Check";
    TAB_KPIS = "KPIs";
    TAB_ACCOUNTS = "Accounts";
    TAB_ROWS = "Rows";
    TAB_CALCULATORS = "Calculators";
    MAIN_TABS = "Main";
    CLEAR = "Clear data";
    EXPORT = "Save report";

    ACCOUNTS_TITLE = "Accounts";
    ACCOUNTS_NONE = "No account fits. Look for other words, or take a filter away.";
    ACCOUNTS_LIST = "List of accounts";
    ACCOUNTS_ALL = "All accounts";
    ACCOUNTS_SHOW = "Show";
    ACCOUNTS_ORDER = "Order";
    ACCOUNTS_FIND = "Find an account";
    ACCOUNTS_THESE = "Show these accounts";
    ACCOUNTS_ACROSS = "Across your tables";
    ACCOUNTS_WAY = "Direction";
    ACCOUNTS_HIGH = "Highest first";
    ACCOUNTS_LOW = "Lowest first";
    ACCOUNT = "Account";
    ONE_ACCOUNT = "1 account";
    SCORE = "Score";
    MOVED = "From 50, what moved it";
    MOVED_SUM = "All together";
    CALIBRATION = "Chances told and what then happened";
    CALIBRATION_NOTE = "Told by weights fitted to other accounts. Whiskers: 95% interval of the share that left.";
    MAIN_REASON = "Main reason";
    TAKES_AWAY = "Takes points away";
    ADDS_POINTS = "Adds points";
    NO_SCORE = "no score";
    BY_HAND = "Set by hand";
    HAS_LEFT = "has left";
    IS_CUSTOMER = "customer";
    AS_LISTED = "As listed";
    NAME = "Name";
    ID = "Number";
    ANY = "All";
    HEALTH = "Health";
    HEALTH_SCALE = "Each measure gives 0 to 100 points. The score is their weighted mean: a sum you can check, not a prediction.";
    ACCOUNT_FIGURES = "Figures";
    PAST = "What happened";
    PAST_NONE = "No dated row speaks of this account.";
    ITS_ROWS = "Its rows";
    ATTRIBUTES = "What the list says";
    JOINS_TITLE = "How the tables belong together";
    JOINS_BY = "Matched by";
    JOINS_REST = "Not matched";
    JOINS_MATCHED = "Belong to an account";
    JOINS_BASE = "Accounts are those of";
    JOINS_APART = "Keep this table by itself";
    JOINS_TOGETHER = "Match it again";
    JOINS_PAIRS = "Nearly the same name. Nothing is joined until you say so.";
    JOINS_SAME = "Accounts that may be one";
    CONFIRM = "The same";
    UNCONFIRM = "Not the same";

    START_TITLE = "Customer KPIs you can defend, from files that stay with you";
    START_LEAD = "Drop your exports. Churn, retention, NPS and service times are worked out on this page, each with its margin of error and the rows behind it.";
    STEPS = "Steps";
    STEP_ADD = "Add data";
    STEP_CHECK = "Check what we understood";
    STEP_READ = "Read the KPIs";
    DROP_TITLE = "Drop files here";
    DROP_HERE = "Let go to read these files";
    DROP_KINDS = "CSV, TSV, Excel (.xlsx) or JSON. Several at once is fine: subscriptions, orders, tickets, survey answers, product events.";
    DROP_NOTE = "You do not need to rename columns or tidy dates first. We ask when something can be read two ways.";
    CHOOSE_FILES = "Choose files";
    ADD_FILES = "Add files";
    PASTE_TITLE = "Or paste from a spreadsheet";
    PASTE_READ = "Read pasted rows";
    PASTE_EMPTY = "The box is empty. Copy cells from a spreadsheet, with their header row, and paste them here.";
    PASTE_EXAMPLE = "customer\tplan\tstarted\tended\tmrr\nAlder Freight\tTeam\t2024-03-01\t\t880\nGranby Foods\tStarter\t2025-01-14\t2026-08-31\t240";
    SAMPLES_TITLE = "No file at hand? Open a sample";
    SAMPLES_NOTE = "Invented companies, bundled with the page";
    SAMPLE_OPEN = "Open sample";

    BACKTEST_TITLE = "How well has this score worked?";
    BACKTEST_WAITS = "Testing the scores of past days …";
    BACKTEST_NUMBERS = "The numbers";
    CALCULATORS_TITLE = "Calculators";
    CALCULATORS_LEAD = "Every KPI from figures that you type, with the same definition, margin of error and refusals as from rows.";
    FIGURES = "Figures";
    KPI = "KPI";
    OPTIONAL = "may be left empty";
    LOOK_FOR = "Look for";
    LOOK_FOR_NONE = "nothing: work out the KPI";
    TARGET_WANTED = "so that the KPI is";
    EXAMPLES = "Examples";
    ANSWER = "Answer";
    ANSWER_WAITS = "Fill in the figures that are needed.";
    MET_EXACTLY = "That meets it exactly.";
    MET_NEXT = "No figure meets it exactly; this is the next that does not fall short.";
    MONTHS = "months";
    FORMULA = "Formula";

    BUSINESS = "KPIs first for";
    SAMPLES_FOR = "Samples first for";
    SAMPLES_ANY = "Any business";
    AS_THE_TABLES_TELL = "What the tables tell";

    PRIVACY_TITLE = "Nothing leaves this page";
    PRIVACY_NOTE = "You need not take our word for it";
    PRIVACY_CHECK = "How to check this yourself";
    PRIVACY_HERE = "What this page may do, measured here and now";
    PRIVACY_POLICY = "The browser enforces this policy:";
    PRIVACY_POLICY_ELSEWHERE = "The policy of this page is sent by its server; the developer tools show it.";
    PRIVACY_STORED = "Kept stores nothing. For this whole site the browser holds:";
    PRIVACY_STORED_UNKNOWN = "Kept stores nothing, and here the browser offers nothing to store in.";
    PRIVACY_PROGRAMS = "The programs that run here, as SHA256SUMS of the release lists them:";
    PRIVACY_PARTS = "Libraries inside, with their licences";
    PRIVACY_LIMITS = "What this does not protect you from";
    POLICY_CODE = "connect-src 'none'";
    STATUS_STORED = "Nothing is stored";
    STATUS_NO_DATA = "No data loaded";

    READING = "Reading";
    WORKING_OUT = "Working out the figures";
    STOP = "Stop";
    STOPPED = "Stopped. Nothing was changed.";
    REPLACED = "The part of the page that reads files stopped and was started again. Your data was read again from the files you gave; nothing was sent or lost.";
    CLOSE = "Close";

    CHECK_TITLE = "Check what we understood";
    SHOW_KPIS = "Show the KPIs";
    SHOW_KPIS_WITHOUT = "Show the KPIs that do not need it";
    FILES_TITLE = "Files";
    TABLE = "Table";
    READ_AS = "Read as";
    ROWS = "Rows";
    LEFT_OUT = "Left out";
    WRITTEN_IN = "Written in";
    READ = "Read";
    USED = "Used";
    NOT_USED = "Not used";
    NOT_READ = "Not read.";
    NOT_RECOGNISED = "Not recognised";
    QUESTIONS_TITLE = "Questions";
    COLUMN = "Column";
    TAKEN_FOR = "Taken for";
    LOOKS_LIKE = "Looks like";
    HOW_SURE = "How sure";
    BECAUSE = "Because";
    CERTAIN = "Certain";
    LIKELY = "Likely";
    SUGGESTED = "Likely answer";
    NOT_DESCRIBED = "This version says nothing about this KPI.";
    OTHER_FAMILY = "Other";
    UNDATED = "All rows, without dates";
    ANSWER_NEEDED = "Your answer needed";
    NO_ROLE = "Not used as a role";
    QUESTION_ASKED = "What was asked";
    MISSING_CODES = "Codes for no answer";
    MISSING_HINT = "Numbers or words that stand for no answer, separated by blanks";
    REASON = "Reason";
    WHAT_TO_DO = "What you can do";
    ALL = "All";
    ALL_REASONS = "All reasons";
    SEE_ROWS = "See every row";
    CELLS_TITLE = "Cells that cannot be read";
    CELLS = "Cells";
    EXPECTED = "Expected";
    FIRST_PLACES = "First places";
    LINE = "line";
    ROW = "row";
    USE_THESE = "Use these";
    USE_MONTH = "Use this month";
    MONTH_LABEL = "Month";
    ENCODING = "Encoding";
    DELIMITER = "Between cells";
    HEADER = "Header";
    SHEET = "Sheet";
    WORKBOOK = "Workbook";
    JSON = "JSON";
    JSON_LINES = "JSON lines";
    AS_FOUND = "As found";
    NO_HEADER = "no header";
    ONE_HEADER = "one header row";
    NOTES_TITLE = "Worth knowing";
    NOTES_NOTE = "What we did about it";

    PERIOD = "Period";
    COMPARED = "Compared with";
    SPLIT = "Split by";
    FILTER_ADD = "Add filter";
    FILTER_COLUMN = "Keep rows where";
    FILTER_IS = "is";
    CHOOSE = "Choose";
    FILTER_REMOVE = "Remove filter";
    NOTHING = "Nothing";
    CHANGED_TITLE = "What changed";
    CHANGED_NOTE = "Ordered by how sure we can be";
    SAY_TITLE = "What these rows say";
    EXACT = "exact sum";
    EXACT_LABEL = "Exact sum";
    NOT_COMPARED = "Not compared";
    NOT_AVAILABLE = "n/a";
    CARDS_CHOOSE = "Choose and order cards";
    CARDS_USUAL = "Show all in the usual order";
    LEGEND_BAND = "Value with its 95% interval";
    LEGEND_TARGET = "Target";
    LEGEND_PARTIAL = "Not over yet: not compared";
    LEGEND_REAL = "Filled: real change";
    LEGEND_NOISE = "Hollow: could be noise";
    NO_FINDINGS = "None of these tables gives a KPI yet.";
    NO_FINDINGS_DO = "Say what the columns mean on the Check page, or add a table with one row per answer, ticket, order, subscription or event.";
    GO_TO_CHECK = "Go to Check";

    GROUPS_BY_ORDERS = "Customers by what they ordered";
    GROUPS_BY_REVENUE = "Customers by what they pay a month";
    GROUPS_UP_TO = "up to";
    THE_LARGEST = "the largest";
    LARGEST_MAKES = "The largest customer makes";
    GINI = "Gini coefficient (0 where all bring the same, 1 where one brings everything):";
    AS_CONCENTRATED_AS = "As concentrated as this many customers of one size:";
    GROUP = "Group";
    REVENUE = "Revenue";
    CUSTOMERS_OF = "Customers of:";

    TREND = "Trend";
    SEGMENTS = "Split";
    WORKED_OUT = "How it is worked out";
    OTHER_RULES = "The same rows under other rules";
    OTHER_RULES_NOTE = "Nothing else changes: same files, same period";
    RULE = "Rule";
    RULE_IN_FORCE = "In force";
    RULE_WAITS = "Not worked out while the rule in force gives no figure.";
    RULE_NEEDS_MORE = "It needs what this table does not have.";
    RULE_OTHER_UNIT = "Another kind of figure, so no steps lead to it.";
    RULE_SAME = "The same figure on these rows.";
    RULE_OTHER_WAY = "Worked out in another way, so no steps lead to it.";
    STEP = "Step";
    CUSTOMERS = "Customers";
    NUMERATOR = "Numerator";
    DENOMINATOR = "Denominator";
    AFTER = "After it";
    BEHIND = "Rows behind";
    BACK_TO = "Back to";
    WHAT_COUNTS = "What counts";
    ALL_DEFAULT = "All as we would choose them";
    DEFAULT = "default";
    CHANGED = "Changed";
    BACK_TO_DEFAULT = "Back to default";
    RATES_TITLE = "Exchange rates";
    RATES_NOTE = "One rate for all months, so that no change comes from a rate";
    RATE_IN = "in";
    REPORT_CURRENCY = "Currency of the report";
    GIVE_RATES = "Give exchange rates";
    CHOOSE_RULE = "Choose another rule";
    ANSWER_QUESTION = "Answer the question";
    TAKE_CARE = "Take care";
    CURVE = "How long customers stay";
    HAZARD = "Share lost, by months as a customer";
    COHORTS_CUSTOMERS = "Who is kept, by the month in which they began";
    COHORTS_REVENUE = "Revenue kept, by the month in which customers began";
    COHORTS_SMALL = "Where few began, one of them moves the share by ten points or more.";
    ALL_CUSTOMERS = "All customers";
    RULE_USE = "Use this rule";
    SOURCE = "Source";
    LIMITS = "What this number cannot tell you";
    LEFT_OUT_HERE = "Rows this number does not use";
    TARGET = "Target";
    TARGET_SET = "Set target";
    REMOVE = "Remove";
    PRECISION = "Precision";
    CALENDAR = "Business hours";
    CALENDAR_NONE = "None set";
    CALENDAR_SAYS = "Hours in which somebody works, as 09:00-17:30; several with commas between them; empty on a free day.";
    CALENDAR_SET = "Set business hours";
    CALENDAR_USUAL = "Monday to Friday, 9 to 17";
    HOLIDAYS = "Holidays, as 2025-12-25";
    CALENDAR_ZONE = "Clocks of, such as Europe/Berlin";
    HOLIDAY_INVALID = "is no date; write it as 2025-12-25.";
    PRECISION_SET = "Set precision";
    BENCHMARK = "Benchmark";
    IS_REAL = "Is this change real?";
    CHANGE = "Change";
    VALUE = "Value";
    TERM = "Term";
    READ_KEYS = "read a value";
    CLOSER = "Closer";
    WIDER = "Wider";
    WHOLE = "All";
    DATA_TABLE = "Data table";
    HIDE_TABLE = "Hide data table";
    WATERFALL_NOTE = "Bars show change only; the totals are not drawn to zero.";

    LEDGER_TITLE = "Every row, accounted for";
    LEDGER_LEAD = "A row is used, or left out for a reason given here. Nothing is dropped quietly.";
    LEDGER_READ = "rows read";
    LEDGER_USED = "used";
    LEDGER_SUM = "The counts add up, for the whole and for each table.";
    LEDGER_BY_TABLE = "By table";
    LEDGER_WHY = "Why rows were left out";
    LEDGER_NONE = "No row was left out.";
    LIST_SAVE = "Download the list (CSV)";
    ROWS_TITLE = "Rows";
    ROWS_OF = "Rows of";
    SHOW = "Show";
    ALL_ROWS = "All rows";
    ANY_REASON = "Any reason";
    ANY_KPI = "All KPIs together";
    FOR_KPI = "For";
    LINE_HEAD = "Line";
    AS_IN_FILE = "As it stands in the file";
    VERDICT = "Verdict";
    READ_AS_OR_WHY = "Read as, or why not";
    NO_ROWS = "No row fits";
    NOT_KEPT = "(not kept)";
    FOUND = "found";
    ROWS_BEFORE = "Rows before";
    ROWS_AFTER = "Next rows";
    IN_COLUMN = "Only with an unreadable cell in";

    NO_CHANGE = "No change";
    REAL = "Real";
    COULD_BE_NOISE = "Could be noise";
    AGAINST_THE_REST = "Each segment against the others together";
    HOLM = ", Holm-Bonferroni for so many at once";
    YEAR_FROM = "the year from";
    YEAR_STARTS = "Year begins in";
    MEASURES_TITLE = "What the score is made of";
    MEASURE_FIELD = "Weights are 0 or more, days above 0, and points are written as 0: 100, 5: 0 with ascending values.";
    MEASURE_ADD = "Add a measure";
    MEASURE_CHANGE = "Change it";
    MEASURE_REMOVE = "Take it out";
    MEASURE_DIRECTION = "Good is";
    MEASURE_HIGH = "a high value";
    MEASURE_LOW = "a low value";
    MEASURE_WAY = "Points";
    MEASURE_WAY_SPREAD = "as usual";
    MEASURE_WAY_LINE = "on a line";
    MEASURE_WAY_STEPS = "in steps";
    MEASURE_WAY_WORDS = "by words";
    MEASURE_KNOTS = "Values with points";
    MEASURE_GROUP = "Group";
    MEASURE_MISSING = "Where it is missing";
    MEASURE_LACKS = "the others count for more";
    MEASURE_LACKS_NEUTRAL = "it counts 50 points";
    MEASURE_LACKS_ZERO = "it counts no points";
    MEASURE_LACKS_SCORE = "there is no score";
    MEASURE_FRESH = "Fresh for days";
    MEASURE_DAYS = "Days looked back";
    MEASURES_USUAL = "Use the usual measures";
    TRYING = "You are trying this out:";
    TRY_KEEP = "Keep it";
    TRY_BACK = "Take it back";
    TAKE = "Take away";
    TAKE_PICTURE = "Copy picture";
    TAKEN_PICTURE = "The picture is on the clipboard.";
    TAKE_PNG = "Save picture";
    TAKE_SVG = "Save SVG";
    TAKE_NUMBERS = "Copy numbers";
    TAKEN_NUMBERS = "The numbers are on the clipboard, ready for a spreadsheet.";
    SQL = "SQL";
    SQL_SAYS = "The same figure from a warehouse: one query with this definition, rule, period and these choices.";
    SQL_DIALECT = "Database";
    SQL_NONE = "There is no query for this rule:";
    SQL_COPY = "Copy the query";
    SQL_TAKEN = "The query is on the clipboard.";
    SQL_FOLDER = "Save all figures as SQL";
    SAVE_FIGURES = "Save the figures";
    SAVE_FIGURES_SAY = "As a table of figures for a spreadsheet, as a text for a wiki, or whole for another program. None of them holds a row.";
    SAVE_CSV = "Table (CSV)";
    SAVE_MARKDOWN = "Text (Markdown)";
    SAVE_JSON = "Whole (JSON)";
    HAND = "Score by hand";
    HAND_SAYS = "Where you know better: set the score, or keep it from being higher or lower. Nothing typed takes it back.";
    HAND_IS = "it is";
    HAND_AT_MOST = "it is at most";
    HAND_AT_LEAST = "it is at least";
    HAND_POINTS = "Points from 0 to 100";
    HAND_SET = "Set the score";
    HAND_INVALID = "A score is a number from 0 to 100.";
    WHAT_IF = "What if";
    MISSING_VALUE = "missing";
    WHAT_IF_SAYS = "Move a value and see what the score would be. Nothing is changed.";
    WHAT_IF_WOULD = "The score would be";
    WHAT_IF_BACK = "As it is";
    SCORE_COURSE = "Score at the ends of months";
    SCORE_COURSE_NONE = "No measure of the score is known as of past days, so there is no course to show.";
    SCORE_COURSE_SHOW = "Show the score over time";
    SCORE_COURSE_NOTE = "By the measures that dates tell, with the points of today.";
    MEASURE = "Measure";
    MEASURE_POINTS = "Points";
    MEASURE_WEIGHT = "Weight";
    MEASURE_COVERAGE = "Accounts with it";
    MEASURE_ADDS = "Adds";
    MEASURE_STALE = "Too old after";
    MISSING_LEAVE_OUT = "Where it is missing the others count for more.";
    MISSING_NEUTRAL = "Counts 50 points where it is missing.";
    MISSING_ZERO = "Counts no points where it is missing.";
    MISSING_WITHHOLD = "Where it is missing there is no score.";
    THEMES_TITLE = "Reasons";
    THEME = "Theme";
    THEME_SHOW = "Show comments";
    THEME_HIDE = "Hide comments";
    THEMES_NONE = "Nothing is said more often here than on the other side.";
    THEMES_COUNTED = "Words and pairs of words are counted, each once a comment and only where at least 3 comments hold it; themes that differ most for sure come first.";
    THEMES_LANGUAGES = "Little words that say nothing were left out in:";
    THEMES_NO_LANGUAGE = "We do not know the little words of these comments’ language, so none were left out.";
    THEMES_FORGOTTEN = "There are so many different words that the rarest were forgotten while reading.";
    QUOTE_NOT_READ = "This file cannot be read in places, so the comment cannot be shown.";
    COMMENTS_WITH = "Comments with";
    COMMENTS_OF = "Comments of:";
    OF = "of";
    TOO_LITTLE = "Too little data to say";
    NOT_TOLD = "Cannot tell yet";
    MET = "met";
    MISSED = "missed";
    CANNOT_TELL = "cannot tell yet";

    SHARE_OPEN = "Save and share…";
    SHARE_TITLE = "Save and share";
    SHARE_WITHOUT_ROWS = "Share without rows";
    SHARE_LEAD = "One HTML file to pass on: figures, their intervals, charts and definitions. It holds no row, no cell and no name of a file, a column or a customer, and it runs no script.";
    SHARE_NAMES = "Show the names of groups as they stand in the table";
    SHARE_NAMES_SAY = "Off: groups are called Group 1, Group 2 and so on, by size.";
    SHARE_SMALLEST = "Withhold counts below";
    SHARE_SMALL_SAYS = "A count from 1 to one below this is withheld, with every figure from which it could be worked out.";
    SHARE_LIMIT = "An amount is shown where enough customers stand behind it. If one of them makes nearly all of it, somebody who knows that learns about that customer: look at the amounts before you pass the file on.";
    SHARE_SAVE = "Save the file";
    SHARE_WITHHELD = "Withheld, because a small count follows from it.";
    WHOLE_TITLE = "Save with every row";
    WHOLE_SAY = "One HTML file with this program, the tables and your choices. It opens without a network and shows this dashboard again.";
    WHOLE_ASK = "Save with every row…";
    WHOLE_WARNS = "Every row of these tables goes into the file, without a password. Whoever gets the file can read all of it:";
    WHOLE_SAVE = "Save all rows in a file";
    WHOLE_MAKING = "The file is being made.";
    WHOLE_NOT = "Do not save";
    WHOLE_CARRIED = "This file carries its tables: whoever has it can read every row.";
    RECIPE_TITLE = "The recipe";
    RECIPE_SAY = "Your choices without any data: what columns mean, periods, rules, targets and cards. Open it with next month’s tables. It holds names of columns, and values that you filter by or split by.";
    RECIPE_SAVE = "Save the recipe";
    RECIPE_OPEN = "Open a recipe";
    RECIPE_TAKEN = "The recipe is in force.";
    RECIPE_UNREADABLE = "This is not a recipe: it cannot be read as JSON with a field “recipe”.";
    RECIPE_UNREADABLE_HINT = "Choose a file that “Save the recipe” has made.";
    SAVED_HANDED = "was handed to the browser to save. Some frames forbid that.";
    SAVED_SHOW = "Nothing saved? Show it here";
    SAVED_LONG = "It is too long to show here. Open Kept outside this frame to save it.";
    SHARE_NO_FIGURE = "These tables give no figure.";
    SHARE_GROUP = "Group";
    SHARE_BY = "group";
    SHARE_QUESTION = "figure";
    SHARE_HEAD = "KPI report";
    SHARE_WITHOUT = "Without a figure";
    SHARE_ABOUT = "What this file holds";
    SHARE_DEFINITION = "Definition, terms and limits";
    SHARE_MADE = "Made on the maker’s own device with Kept";
}

/// The steps by which a reader can check that nothing leaves.
pub const PRIVACY_STEPS: [&str; 4] = [
    "Switch off your network now. Everything on this page keeps working.",
    "Open your browser’s developer tools, Network tab, and drop a file. The list stays empty.",
    "View the source of the single-file edition. Its policy connect-src 'none' tells the browser to refuse any connection, even if our code tried.",
    "Compare the checksum of the files with the list SHA256SUMS of the release.",
];

/// What local computing does not protect from.
pub const PRIVACY_LIMIT_LIST: [&str; 5] = [
    "Browser extensions that can read every page you visit.",
    "Someone looking at your screen, or at a file you export.",
    "A changed copy of this page on a server you do not trust. Check the checksum, or keep your own copy.",
    "Links and windows that you open yourself: no policy of a page forbids them. Kept has none that carries data.",
    "Your own device: files you drop stay where they were, with whatever protection they had.",
];

/// The title of a family's section.
pub fn family(id: &str) -> String {
    match id {
        "revenue" => say("Revenue").to_owned(),
        "retention" => say("Keeping customers").to_owned(),
        "survey" => say("What customers say").to_owned(),
        "support" => say("Service").to_owned(),
        "usage" => say("Use").to_owned(),
        "business" => say("Business").to_owned(),
        "value" => say("Value").to_owned(),
        other => plain_name(other),
    }
}

/// Groups of customers: id, name, and what makes one of them.
const CUSTOMER_GROUPS: [(&str, &str, &str); 13] = [
    ("champions", "Champions", "buy often, bought just now"),
    ("loyal", "Loyal", "buy often, bought lately"),
    (
        "potential_loyal",
        "Could become loyal",
        "bought again, and lately",
    ),
    ("new", "New", "bought seldom, just now"),
    ("promising", "Promising", "bought seldom, lately"),
    ("need_attention", "Need attention", "in the middle of both"),
    (
        "about_to_sleep",
        "About to sleep",
        "bought seldom, some time ago",
    ),
    ("at_risk", "At risk", "bought often, long ago"),
    (
        "cannot_lose",
        "Not to be lost",
        "bought most often, long ago",
    ),
    ("hibernating", "Hibernating", "bought seldom, long ago"),
    ("a", "A", "make most of the revenue"),
    ("b", "B", "make the next part"),
    ("c", "C", "make the rest"),
];

/// The name of a group of customers, and what makes one of them.
pub fn customer_group(id: &str) -> (&'static str, &'static str) {
    let mut all = CUSTOMER_GROUPS.iter();
    all.find(|it| it.0 == id)
        .map_or((say(OTHER_FAMILY), ""), |it| (say(it.1), say(it.2)))
}

/// The types of business: id and name.
pub const BUSINESS_TYPES: [(&str, &str); 7] = [
    ("subscription", "Subscription"),
    ("manufacturing", "Manufacturing"),
    ("marketplace", "Marketplace"),
    ("services", "Services"),
    ("retail", "Retail"),
    ("ecommerce", "E-commerce"),
    ("b2b", "Business to business"),
];

/// The families in the order of the page.
pub const FAMILIES: [&str; 7] = [
    "revenue",
    "retention",
    "value",
    "survey",
    "support",
    "usage",
    "business",
];

/// What one row of a table of this kind is.
pub fn kind(id: &str) -> String {
    match id {
        "survey" => say("Survey answers").to_owned(),
        "ticket" => say("Support tickets").to_owned(),
        "subscription" => say("Subscriptions").to_owned(),
        "revenue_month" => say("Revenue by month").to_owned(),
        "revenue_movement" => say("Revenue movements").to_owned(),
        "renewal" => say("Renewals").to_owned(),
        "event" => say("Product events").to_owned(),
        "order" => say("Orders").to_owned(),
        "account" => say("Customers").to_owned(),
        "spend" => say("Spending").to_owned(),
        "funnel" => say("Visits and purchases").to_owned(),
        "operations" => say("Operating figures").to_owned(),
        "aggregate" => say("Typed figures").to_owned(),
        "figures" => say("Figures from a warehouse").to_owned(),
        other => plain_name(other),
    }
}

/// What was asked in a score column.
pub fn asked(id: &str) -> String {
    match id {
        "nps" => say("Would you recommend us? (NPS)").to_owned(),
        "csat" => say("How satisfied are you? (CSAT)").to_owned(),
        "ces" => say("How easy was it? (CES)").to_owned(),
        "rating" => say("A rating").to_owned(),
        "engagement" => say("Engagement").to_owned(),
        other => plain_name(other),
    }
}

/// The questions that a score column can answer, by id.
pub const ASKED: [&str; 5] = ["nps", "csat", "ces", "rating", "engagement"];

/// The choices of what a score column asked, the blank one first.
pub fn asked_choices() -> Vec<(String, String)> {
    let blank = (String::new(), say(QUESTION_ASKED).to_owned());
    let known = ASKED.iter().map(|id| ((*id).to_owned(), asked(id)));
    std::iter::once(blank).chain(known).collect()
}

/// An id of the program as plain words: `first_response_at` → "First response at".
pub fn plain_name(id: &str) -> String {
    say_text(&sentence(&id.replace('_', " "))).into_owned()
}

/// The name of a term in running text: `at_start` → "at start".
pub fn term(name: &str) -> String {
    let plain = name.replace('_', " ");
    let capital = sentence(&plain);
    match say_text(&capital) {
        told if told == capital => plain,
        told => told.into_owned(),
    }
}

/// The name of a term beside its figure, which says the unit already: `median_age_days` → "median
/// age". A name of two words keeps both.
pub fn term_beside(name: &str, unit: Unit) -> String {
    let said = match unit {
        Unit::Hours => "_hours",
        Unit::Days => "_days",
        Unit::Months => "_months",
        _ => "",
    };
    let bare = name.strip_suffix(said).filter(|bare| bare.contains('_'));
    term(bare.unwrap_or(name))
}

/// The text with a capital first letter.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The fixed words of a verdict on a change, for the middle of a line.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Real => say("real"),
        Verdict::CouldBeNoise => say("could be noise"),
        Verdict::TooLittleData => say("too little data to say"),
    }
}

/// The fixed words of a verdict on a change, as a label.
pub fn verdict_label(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Real => say(REAL),
        Verdict::CouldBeNoise => say(COULD_BE_NOISE),
        Verdict::TooLittleData => say(TOO_LITTLE),
    }
}

/// Whether nothing changed at all.
pub fn is_level(previous: &Previous) -> bool {
    previous.change.abs() < f64::EPSILON
}

/// The verdict on a change, or that there is none.
pub fn change_label(previous: &Previous) -> &'static str {
    if is_level(previous) {
        say(NO_CHANGE)
    } else {
        verdict_label(previous.verdict)
    }
}

/// The sentence of a chart without its title, which stands above it already.
pub fn caption(title: &str, says: &str) -> String {
    let rest = says
        .strip_prefix(title)
        .and_then(|rest| rest.strip_prefix(": "));
    sentence(rest.unwrap_or(says))
}

/// How many figures a file to pass on withholds.
pub fn withheld(count: usize) -> String {
    match count {
        0 => say("No figure is withheld.").to_owned(),
        1 => say("1 figure is withheld.").to_owned(),
        many => told!("{0} figures are withheld.", many),
    }
}

/// "1 file", "3 files".
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", say_text(if count == 1 { one } else { many }))
}

/// "1 row", "1,234 rows", from the number and how it is written.
pub fn counted_rows(written: String, count: u64) -> String {
    if count == 1 {
        told!("{0} row", written)
    } else {
        told!("{0} rows", written)
    }
}

/// "1 day", "12 days", from the number and how it is written.
pub fn counted_days(written: &str, count: f64) -> String {
    if (count - 1.0).abs() < 0.5 {
        told!("{0} day", written)
    } else {
        told!("{0} days", written)
    }
}

/// What a button says that moves this up.
pub fn move_up(name: &str) -> String {
    told!("Move {0} up", name)
}

/// What a button says that moves this down.
pub fn move_down(name: &str) -> String {
    told!("Move {0} down", name)
}

/// The claim of the status line; `count` is what the browser measured.
pub fn requests(count: usize) -> String {
    match count {
        1 => say("1 network request since load").to_owned(),
        count => told!("{0} network requests since load", count),
    }
}

/// What is said when text would be longer than `most` letters: its beginning and an ellipsis.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let start: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", start.trim_end())
}
