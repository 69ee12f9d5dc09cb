"""More random tables, of the kinds that fewer businesses have: lists, movements, deliveries, stock, projects."""

import datetime
import random

from tables import counts, moment, segments, somewhen, write

REASONS = ["too expensive", "payment_failed", "", "unknown", "card expired", "switched"]


def rows_of(make):
    """A maker of a table out of a function that gives the rows of one segment."""

    def table(header):
        def made(path, seed):
            chance = random.Random(seed)
            rows = []
            for segment, count in segments(chance):
                rows.extend([segment, *row] for row in make(chance, segment, count))
            chance.shuffle(rows)
            write(path, ["batch", *header], rows)

        return made

    return table


def often(chance, share, value):
    """The value; sometimes an empty cell."""
    return value if chance.random() < share else ""


def later(chance, day, least, most):
    return day + datetime.timedelta(days=chance.randrange(least, most))


@rows_of
def billing(chance, segment, count):
    """Subscriptions with all that billing systems write beside them."""
    for number in range(count):
        customer = f"{segment}-{number % max(1, count // 2)}"
        begun = somewhen(chance)
        yield [
            often(chance, 0.98, customer), chance.choice(["month", "year", "quarter", "3 months", "week"]),
            chance.choice([1, 2, 5, "", 0]), chance.choice([30, 12.5, 240, 0, 100]), often(chance, 0.98, begun),
            often(chance, 0.6, later(chance, begun, -3, 300)), often(chance, 0.3, later(chance, begun, -3, 200)),
            often(chance, 0.4, later(chance, begun, -5, 40)), often(chance, 0.3, chance.choice([0, 5, 10.5])),
            often(chance, 0.5, chance.choice([0, 2, 19])), often(chance, 0.7, chance.choice(REASONS)),
            chance.choice(["active", "past_due", "unpaid", "paused", "trialing", "canceled", ""]),
        ]


@rows_of
def signed(chance, segment, count):
    for number in range(count):
        begun = somewhen(chance, days=700)
        yield [
            f"{segment}-{number % max(1, count // 2)}", often(chance, 0.8, later(chance, begun, -120, 10)),
            begun, often(chance, 0.5, later(chance, begun, 0, 400)), chance.choice([10, 49.99, 250, 0]),
        ]


@rows_of
def credits(chance, segment, count):
    """Subscriptions with lines below nothing."""
    for number in range(count):
        begun = somewhen(chance)
        yield [
            f"{segment}-{number % max(1, count // 4)}", begun, often(chance, 0.7, later(chance, begun, 1, 200)),
            chance.choice([10, 20, 20, 50, -10, -20, -35, 0]),
        ]


@rows_of
def movements(chance, segment, count):
    words = ["new", "expansion", "contraction", "churn", "reactivation", ""]
    for number in range(count * 2):
        customer = often(chance, 0.98, f"{segment}-{number % max(1, count // 3)}")
        amount = often(chance, 0.98, chance.choice([10, 20, 20, 5.5, 100, -10]))
        yield [customer, often(chance, 0.98, somewhen(chance)), chance.choice(words), amount]


@rows_of
def contracts(chance, segment, count):
    """Contracts with a term; those of a customer are due on days of their own."""
    days = {}
    for number in range(count):
        customer = f"{segment}-{number % max(1, count // 3)}"
        taken = days.setdefault(customer, set())
        due = somewhen(chance, days=900)
        if due in taken:
            continue
        taken.add(due)
        outcome = chance.choice(["renewed", "renewed", "lost", "open", ""])
        renewed = chance.choice(["", 120, 300]) if outcome == "renewed" else ""
        closed = often(chance, 0.7, later(chance, due, -20, 60))
        yield [customer, due, chance.choice([100, 250.5, 1_200, 0, ""]), chance.choice([12, 1, 3, 24, ""]), outcome, renewed, closed]


@rows_of
def customers(chance, segment, count):
    for number in range(count):
        begun = somewhen(chance)
        yield [
            often(chance, 0.98, f"{segment}-{number % max(1, count - 2)}"), often(chance, 0.97, begun),
            often(chance, 0.5, later(chance, begun, -3, 300)), often(chance, 0.7, chance.choice(REASONS)),
        ]


@rows_of
def members(chance, segment, count):
    """Customers whose users stand in a log of events, and some of whom none does."""
    for number in range(min(count, 12)):
        begun = somewhen(chance, days=150)
        ended = often(chance, 0.4, later(chance, begun, -3, 90))
        yield [often(chance, 0.98, f"c{number}"), often(chance, 0.97, begun), ended]


@rows_of
def listed(chance, segment, count):
    for number in range(count):
        left = chance.choice(["yes", "no", "no", ""])
        yield [
            often(chance, 0.98, f"{segment}-{number}"), often(chance, 0.95, chance.randrange(40)),
            often(chance, 0.95, chance.choice([10, 49.99, 250, 0])), left,
            chance.choice(REASONS) if left == "yes" else "", chance.choice([0, 0, 1, 3, ""]),
        ]


@rows_of
def goals(chance, segment, count):
    for number in range(count):
        all_goals = chance.randrange(6)
        yield [
            f"{segment}-{number}", often(chance, 0.95, all_goals), often(chance, 0.95, chance.randrange(all_goals + 1)),
            often(chance, 0.9, chance.choice([0, 100, 250.5])), often(chance, 0.9, chance.choice([0, 50, 99.9])),
        ]


@rows_of
def values(chance, segment, count):
    for number in range(count):
        begun = moment(chance, somewhen(chance))
        reached = begun + datetime.timedelta(seconds=chance.randrange(-50_000, 4_000_000))
        yield [often(chance, 0.98, f"{segment}-{number}"), often(chance, 0.97, begun), often(chance, 0.6, reached)]


def delivered(with_times):
    def rows(chance, segment, count):
        for number in range(count):
            due = somewhen(chance)
            came = later(chance, due, -4, 5)
            if with_times:
                due, came = moment(chance, due), moment(chance, came)
            ordered = chance.choice([1, 10, 20, 0, ""])
            arrived = chance.choice([ordered, ordered, 5, ""])
            order = often(chance, 0.97, f"{segment}-{number // 2}")
            asked = often(chance, 0.9, later(chance, due, -5, 6))
            status = chance.choice(["delivered", "delivered", "cancelled", ""])
            yield [order, often(chance, 0.97, due), asked, often(chance, 0.8, came), ordered, arrived, status]

    return rows_of(rows)


@rows_of
def projects(chance, segment, count):
    for number in range(count):
        plan = somewhen(chance)
        budget = chance.choice([100, 1_000.5, 0])
        yield [
            f"{segment}-{number}", often(chance, 0.95, plan), often(chance, 0.9, later(chance, plan, -9, 10)),
            often(chance, 0.95, budget), often(chance, 0.95, budget * chance.choice([0.9, 1, 1.05, 1.3])),
            chance.choice(["yes", "no", "yes", ""]), chance.choice(["completed", "completed", "cancelled", "in progress"]),
        ]


@rows_of
def shopping(chance, segment, count):
    """Orders with tax, shipping and refunds; no two of a customer come at the same moment."""
    taken = set()
    for number in range(count):
        customer = f"{segment}-c{chance.randrange(max(1, count // 2))}"
        ordered = moment(chance, somewhen(chance))
        while (customer, ordered) in taken:
            ordered += datetime.timedelta(seconds=1)
        taken.add((customer, ordered))
        total = chance.choice([119, 59.5, 0, -20, chance.random() * 500])
        yield [
            f"{segment}-{number}", ordered, often(chance, 0.9, customer), often(chance, 0.97, total),
            often(chance, 0.9, chance.choice([0, 9.5, 19])), often(chance, 0.8, chance.choice([0, 4.9])),
            often(chance, 0.2, chance.choice([5, -10, 30])),
        ]


@rows_of
def hours(chance, segment, count):
    """Events with times near the turns of hours and days."""
    for _ in range(count * 2):
        at = moment(chance, somewhen(chance, days=40))
        yield [f"{segment}-u{chance.randrange(max(1, count // 3))}", often(chance, 0.98, at), chance.choice(["login", "save", "export", ""])]


@rows_of
def steps(chance, segment, count):
    for number in range(count):
        inspected = chance.randrange(1, 60)
        yield [
            often(chance, 0.97, somewhen(chance)), chance.choice(["cut", "weld", "paint", ""]), often(chance, 0.97, inspected),
            often(chance, 0.97, chance.randrange(inspected // 2 + 1)), often(chance, 0.7, chance.randrange(inspected // 3 + 1)),
            often(chance, 0.8, chance.randrange(9)), often(chance, 0.9, chance.choice([1, 5, 10])),
        ]


@rows_of
def work(chance, segment, count):
    states = ["completed", "completed", "in progress", "cancelled by customer", "no show", "declined", "requested", "huh"]
    for number in range(count):
        yield [f"{segment}-{number}", often(chance, 0.97, somewhen(chance)), chance.choice(states), chance.choice(["yes", "no", "no", ""])]


@rows_of
def recommended(chance, segment, count):
    for number in range(count):
        yield [
            f"{segment}-{number}", often(chance, 0.95, somewhen(chance)), often(chance, 0.95, chance.randrange(11)),
            chance.choice([0, 0, 1, 2, ""]),
        ]


@rows_of
def promised(chance, segment, count):
    """Tickets with promised times, by a column for the reply and by priority for the solution."""
    for number in range(count):
        created = moment(chance, somewhen(chance))
        solved = chance.random() < 0.7
        reply = created + datetime.timedelta(seconds=chance.choice([0, 3_600, chance.randrange(-2_000, 100_000)]))
        done = created + datetime.timedelta(seconds=chance.choice([86_400, chance.randrange(-2_000, 400_000)]))
        yield [
            f"{segment}-{number}", often(chance, 0.98, created), often(chance, 0.7, reply), done if solved else "",
            "solved" if solved else chance.choice(["open", "open", "solved"]), chance.choice(["high", "Low", "urgent", ""]),
            often(chance, 0.9, chance.choice([60, 480, 0.5])),
        ]


def lengths(with_status):
    """Tickets of which only hours and minutes tell how long they took."""

    def rows(chance, segment, count):
        for number in range(count):
            created = moment(chance, somewhen(chance))
            solved = chance.choice([0, 0.25, 24, 100.125, -1, chance.random() * 900]) if chance.random() < 0.7 else ""
            reply = often(chance, 0.8, chance.choice([0, 15, 90.5, 1_440, -5, chance.randrange(9_000)]))
            row = [f"{segment}-{number}", often(chance, 0.98, created), reply, solved, chance.choice([0, 0, 1, 3, ""])]
            if with_status:
                done = solved != "" and chance.random() < 0.95 or chance.random() < 0.05
                row.append(chance.choice(["Solved", "closed"]) if done else chance.choice(["open", "Pending"]))
            yield row

    return rows_of(rows)


def spending(by_month):
    """What was spent: of half of the segments in every month, of the others with gaps and credits."""

    def rows(chance, segment, count):
        has_gaps = chance.random() < 0.5
        for month in range(18):
            for _ in range(chance.choice([1, 1, 2])):
                if has_gaps and chance.random() < 0.15:
                    continue
                day = datetime.date(2024 + month // 12, month % 12 + 1, 1 if by_month else chance.randrange(1, 29))
                amounts = [chance.choice([0, 100, 333.33, 1_000 / 3]) for _ in range(2 if by_month else 1)]
                if has_gaps:
                    amounts = [chance.choice([amount, amount, amount, -50, ""]) for amount in amounts]
                yield [day, *amounts]

    return rows_of(rows)


def stock(chance):
    return [chance.choice([0, 100, 250.5]), chance.choice([0, 80, 120]), chance.choice([0, 75, 110]), chance.choice([300, 99.9])]


def sales(chance):
    return [chance.randrange(900), chance.randrange(40), chance.choice([0, 99.9, 1_500])]


def area(chance):
    return [chance.randrange(300), chance.choice([50, 75.5, 0])]


def gigs(chance):
    requested = chance.randrange(80)
    accepted = chance.randrange(requested + 1)
    completed = chance.randrange(accepted + 1)
    return [requested, accepted, completed, chance.randrange(completed + 2)]


def closings(chance):
    closed = chance.randrange(2, 30)
    return [closed, *(chance.randrange(closed // 2, closed + 1) for _ in range(3)), chance.randrange(closed + 1)]


MORE = {
    "billing": billing(
        ["customer_id", "billing_interval", "quantity", "unit_amount", "started_at", "ended_at", "cancel_requested_at",
         "trial_ends_at", "discount", "tax", "cancellation_reason", "status"]
    ),
    "signed": signed(["customer_id", "signed_on", "start_date", "end_date", "mrr"]),
    "credits": credits(["customer_id", "started_at", "ended_at", "mrr"]),
    "movements": movements(["customer_id", "date", "movement", "amount"]),
    "contracts": contracts(["account_id", "renewal_date", "amount_due", "term_months", "outcome", "amount_renewed", "closed_at"]),
    "customers": customers(["customer_id", "started_at", "ended_at", "cancellation_reason"]),
    "members": members(["customer_id", "started_at", "ended_at"]),
    "listed": listed(["customerID", "tenure", "MonthlyCharges", "Churn", "cancellation_reason", "referrals"]),
    "goals": goals(["customer", "goals set", "goals met", "benefit", "price"]),
    "values": values(["customer", "trial_started_at", "first_value_at"]),
    "deliveries": delivered(False)(["order_id", "promised_date", "requested_date", "delivered_at", "quantity", "quantity_delivered", "status"]),
    "arrivals": delivered(True)(["order_id", "promised_at", "requested_at", "delivered_at", "quantity", "quantity_delivered", "status"]),
    "projects": projects(["project", "planned_end", "actual_end", "budget", "actual_cost", "scope_met", "status"]),
    "shopping": shopping(["order_id", "ordered_at", "customer_id", "total", "tax", "shipping", "refunded amount"]),
    "hours": hours(["user_id", "event_time", "event"]),
    "steps": steps(["date", "process step", "inspected", "defective", "reworked", "defects", "opportunities per unit"]),
    "work": work(["job_id", "date", "status", "complaint"]),
    "promised": promised(
        ["ticket_id", "created_at", "first_response_at", "resolved_at", "status", "priority", "first response target minutes"]
    ),
    "lengths": lengths(True)(
        ["ticket_id", "created_at", "first response minutes", "resolution hours", "reopens", "status"]
    ),
    "stateless": lengths(False)(["ticket_id", "created_at", "first response minutes", "resolution hours", "reopens"]),
    "recommended": recommended(["respondent", "answered_on", "nps", "referrals"]),
    "stock": counts(["cost_of_goods_sold", "opening_inventory", "closing_inventory", "revenue"], stock),
    "sales": counts(["sessions", "transactions", "revenue"], sales),
    "area": counts(["visitors", "square metres"], area),
    "gigs": counts(["jobs requested", "jobs accepted", "jobs completed", "jobs with complaints"], gigs),
    "closings": counts(["projects closed", "projects in scope", "projects on time", "projects on budget", "successful projects"], closings),
}

OPTIONS = {
    "hours": {"settings": {"time_to_value.value_event": "export", "usage_retention.day": 2, "feature_adoption_rate.feature": "save,export"}},
    "promised": {"settings": {
        "service_level_attainment.resolution_hours": 24,
        "service_level_attainment.resolution_hours_by_priority": {"high": 8, "urgent": 2.5},
    }},
    "listed": {"settings": {"customer_lifetime_value.gross_margin": 80}},
}

# Settings under which the same tables are asked again.
SETTINGS = {
    "billing": [
        {"recurring_revenue.trials": "counted", "recurring_revenue.past_due": "left_out", "recurring_revenue.cancellation": "request"},
        {"recurring_revenue.tax": "included", "recurring_revenue.paused": "left_out", "recurring_revenue.first_month": "next_month"},
        {"recurring_revenue.discounts": "ignored", "recurring_revenue.weeks": "52_weeks", "recurring_revenue.unpaid": "left_out"},
    ],
    "tickets": [{"service_level_attainment.first_response_hours": 1, "service_level_attainment.resolution_hours": 48}],
    "credits": [{"recurring_revenue.credits": "left_out"}],
    "subscriptions": [{"recurring_revenue.same_subscription": "added", "customer_lifetime_value.horizon_months": 24}],
    "deliveries": [{"on_time_delivery_rate.tolerance_days": 1, "on_time_delivery_rate.early_days": 2}],
    "shopping": [{"repeat_purchase_rate.days": 30, "customer_lifetime_value.lifetime_years": 2.5, "customer_lifetime_value.gross_margin": 0.6}],
    "trials": [{"conversion_rate.days": 14}],
    "projects": [{"project_success_rate.days_of_grace": 3, "project_success_rate.budget_tolerance": 0.1}],
}

# Tables of spending, and those of customers that stand beside them.
SPENDING = {
    "spend": spending(False)(["date", "marketing spend"]),
    "budget": spending(True)(["month", "marketing spend", "sales spend"]),
}
SECOND = ["months", "subscriptions", "movements", "contracts", "customers", "credits", "billing"]

# Of both together these are asked, under each of these settings.
TOGETHER = ["customer_acquisition_cost", "cac_payback_period", "lifetime_value_to_acquisition_cost"]
TOGETHER_SETTINGS = [
    {"cac_payback_period.gross_margin": 80},
    {"cac_payback_period.gross_margin": 0.55, "lifetime_value_to_acquisition_cost.gross_margin": 70,
     "cac_payback_period.lag_months": 2, "customer_acquisition_cost.lag_months": 1},
]

# Tables that are asked once more about some of their segments.
FILTERED = ["months", "movements", "shopping", "events", "nps", "deliveries"]
