"""Random tables: every segment is a table of its own, with empty cells, zero bases and odd days."""

import csv
import datetime
import random

SEGMENTS = 300


def write(path, header, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def somewhen(chance, start=datetime.date(2024, 1, 1), days=500):
    """A day; month ends, leap days and the days around the turn of a year come often."""
    if chance.random() < 0.2:
        return chance.choice(
            [datetime.date(2024, 2, 29), datetime.date(2024, 12, 31), datetime.date(2025, 1, 1),
             datetime.date(2024, 3, 31), datetime.date(2024, 9, 30), datetime.date(2025, 2, 28)]
        )
    return start + datetime.timedelta(days=chance.randrange(days))


def moment(chance, day):
    seconds = chance.choice([0, 86_399, chance.randrange(86_400)])
    return datetime.datetime.combine(day, datetime.time()) + datetime.timedelta(seconds=seconds)


def segments(chance):
    """A segment with how many rows it has: none of it large, many of one or two rows."""
    for number in range(SEGMENTS):
        yield f"s{number}", chance.choice([1, 1, 2, 3, 5, 8, 13, 30])


def survey(path, seed, low, high, header):
    chance = random.Random(seed)
    rows = []
    for segment, count in segments(chance):
        people = max(1, count // 2)
        of_one = chance.random() < 0.15
        for _ in range(count):
            score = chance.choice([low, high]) if of_one else chance.randint(low, high)
            score = "" if chance.random() < 0.1 else score
            answered = somewhen(chance) if chance.random() < 0.93 else ""
            rows.append(
                [segment, answered, f"p{chance.randrange(people)}" if chance.random() < 0.9 else "",
                 f"{segment}-c{chance.randrange(people)}" if chance.random() < 0.9 else "", score,
                 somewhen(chance) if chance.random() < 0.8 else ""]
            )
    chance.shuffle(rows)
    write(path, ["batch", "responded_at", "respondent_id", "customer_id", header, "sent_at"], rows)


def events(path, seed):
    chance = random.Random(seed)
    rows = []
    for segment, count in segments(chance):
        people = max(1, count // 3)
        for _ in range(count * 2):
            day = somewhen(chance, days=150)
            rows.append(
                [segment, f"u{chance.randrange(people)}" if chance.random() < 0.97 else "",
                 moment(chance, day) if chance.random() < 0.97 else "",
                 chance.choice(["login", "save", "Save", "export", ""]),
                 f"c{chance.randrange(people)}" if chance.random() < 0.9 else ""]
            )
    chance.shuffle(rows)
    write(path, ["batch", "user_id", "event_time", "event", "customer_id"], rows)


def tickets(path, seed):
    chance = random.Random(seed)
    rows = []
    number = 0
    for segment, count in segments(chance):
        for _ in range(count):
            number += 1
            created = moment(chance, somewhen(chance))
            solved = chance.random() < 0.7
            wait = datetime.timedelta(seconds=chance.choice([0, 60, 3_600, chance.randrange(-4_000, 2_000_000)]))
            reply = datetime.timedelta(seconds=chance.choice([0, 30, chance.randrange(-2_000, 300_000)]))
            row = [
                segment, f"T{number}" if chance.random() < 0.98 else "", created if chance.random() < 0.97 else "",
                created + reply if chance.random() < 0.8 else "", created + wait if solved else "",
                chance.choice(["Solved", "closed"]) if solved or chance.random() < 0.05 else chance.choice(["open", "Pending"]),
                chance.choice([0, 0, 0, 1, 2, ""]), chance.choice(["met", "breached", "", "active"]),
                chance.choice(["good", "bad", "", "offered"]),
            ]
            rows.append(row)
            if chance.random() < 0.05:
                rows.append(list(row))
    chance.shuffle(rows)
    write(
        path,
        ["batch", "ticket_id", "created_at", "first_response_at", "resolved_at", "status", "reopens",
         "sla_met", "satisfaction"],
        rows,
    )



def counts(header, column):
    """A table of counts by day: some empty, some nothing, some with a part above its whole."""

    def make(path, seed):
        chance = random.Random(seed)
        rows = []
        for segment, count in segments(chance):
            for _ in range(count):
                cells = column(chance)
                cells = [cell if chance.random() < 0.93 else "" for cell in cells]
                rows.append([segment, somewhen(chance) if chance.random() < 0.97 else "", *cells])
        chance.shuffle(rows)
        write(path, ["batch", "date", *header], rows)

    return make


def funnel(chance):
    visits = chance.choice([0, chance.randrange(500)])
    return [visits, chance.randrange(visits + 3), chance.randrange(visits + 2), chance.randrange(visits + 2)]


def shop(chance):
    visitors = chance.choice([0, chance.randrange(300)])
    return [visitors, chance.choice([0, 8, 9.5]), chance.randrange(visitors, 900), chance.randrange(visitors + 2)]


def line(chance):
    inspected = chance.choice([0, chance.randrange(2_000)])
    defective = chance.choice([0, 0, chance.randrange(inspected + 2)])
    return [inspected + chance.randrange(100), inspected, defective]


def jobs(path, seed):
    chance = random.Random(seed)
    states = ["completed", "open", "cancelled", "cancelled by customer", "declined", "requested", ""]
    rows = []
    for segment, count in segments(chance):
        for _ in range(count):
            rows.append([len(rows), segment, somewhen(chance), chance.choice(states)])
    chance.shuffle(rows)
    write(path, ["job_id", "batch", "date", "status"], rows)


def trials(path, seed):
    chance = random.Random(seed)
    rows = []
    for segment, count in segments(chance):
        for number in range(count):
            begun = moment(chance, somewhen(chance))
            paid = begun + datetime.timedelta(seconds=chance.randrange(-90_000, 6_000_000))
            row = [f"{segment}-{number}" if chance.random() < 0.97 else "", segment,
                   begun if chance.random() < 0.97 else "", paid if chance.random() < 0.5 else ""]
            rows.append(row)
            if chance.random() < 0.05:
                rows.append(list(row))
    chance.shuffle(rows)
    write(path, ["customer_id", "batch", "trial_started_at", "paid_at"], rows)


def month_after(month, count):
    index = month.year * 12 + month.month - 1 + count
    return datetime.date(index // 12, index % 12 + 1, 1)


def months(path, seed):
    """What customers paid month by month; some months are missing for some, one for all."""
    chance = random.Random(seed)
    silent = chance.randrange(8, 12)
    rows = []
    for segment, count in segments(chance):
        for number in range(count):
            amount = chance.choice([10, 49.99, 250, 1_000 / 3])
            begun = chance.randrange(16)
            for month in range(begun, min(begun + chance.randrange(1, 20), 18)):
                if month == silent or chance.random() < 0.06:
                    continue
                if chance.random() < 0.2:
                    amount = chance.choice([amount * 2, amount / 2, 0, amount])
                paid = "" if chance.random() < 0.02 else round(amount, 2)
                customer = f"{segment}-{number}" if chance.random() < 0.99 else ""
                rows.append([customer, segment, month_after(datetime.date(2024, 3, 1), month), paid])
                if chance.random() < 0.03:
                    rows.append([customer, segment, rows[-1][2], 5])
    chance.shuffle(rows)
    write(path, ["customer_id", "batch", "month", "mrr"], rows)


def subscriptions(path, seed):
    chance = random.Random(seed)
    rows = []
    for segment, count in segments(chance):
        for number in range(count):
            for _ in range(chance.choice([1, 1, 2, 3])):
                begun = somewhen(chance)
                ended = begun + datetime.timedelta(days=chance.choice([0, 1, 30, chance.randrange(-5, 400)]))
                interval, amount = chance.choice([("month", 20), ("year", 240), ("quarter", 100), ("month", 0), ("week", 7)])
                rows.append(
                    [f"S{len(rows)}", f"{segment}-{number}" if chance.random() < 0.98 else "", segment, interval,
                     chance.choice([1, 2, 5, ""]), amount if chance.random() < 0.97 else "",
                     begun if chance.random() < 0.98 else "", ended if chance.random() < 0.6 else "",
                     chance.choice(["active", "active", "active", "trialing", "cancelled"])]
                )
    chance.shuffle(rows)
    write(
        path,
        ["subscription_id", "customer_id", "batch", "billing_interval", "quantity", "unit_amount", "started_at",
         "ended_at", "status"],
        rows,
    )


def renewals(path, seed):
    chance = random.Random(seed)
    rows = []
    for segment, count in segments(chance):
        for number in range(count):
            due = somewhen(chance)
            amount = chance.choice([100, 250.5, 0, ""])
            outcome = chance.choice(["renewed", "renewed", "lost", "open", "maybe", ""])
            renewed = chance.choice(["", amount, 80, 300]) if outcome == "renewed" else ""
            closed = due + datetime.timedelta(days=chance.randrange(-20, 60)) if chance.random() < 0.7 else ""
            row = [f"{segment}-{number % 7}" if chance.random() < 0.98 else "", segment,
                   due if chance.random() < 0.98 else "", amount, outcome, renewed, closed]
            rows.append(row)
            if chance.random() < 0.05:
                rows.append(list(row))
    chance.shuffle(rows)
    write(path, ["account_id", "batch", "renewal_date", "amount_due", "outcome", "amount_renewed", "closed_at"], rows)


def orders(path, seed):
    chance = random.Random(seed)
    rows = []
    for segment, count in segments(chance):
        for _ in range(count):
            rows.append(
                [f"O{len(rows)}", somewhen(chance) if chance.random() < 0.97 else "", segment,
                 f"c{chance.randrange(9)}" if chance.random() < 0.9 else "",
                 chance.choice([10, 19.99, 250, 0, -5, "", chance.random() * 1_000]),
                 somewhen(chance) if chance.random() < 0.05 else "", chance.choice(["paid", "paid", "failed", ""])]
            )
    chance.shuffle(rows)
    write(path, ["order_id", "order_date", "batch", "customer_id", "amount", "cancelled_at", "status"], rows)


def lines(path, seed):
    """Orders of several lines, all of one day."""
    chance = random.Random(seed)
    rows = []
    for number in range(1_500):
        day = somewhen(chance)
        for _ in range(chance.choice([1, 1, 2, 4])):
            order = f"O{number}" if chance.random() < 0.97 else ""
            rows.append([order, day, chance.choice([5, 7.5, 40, -3, ""])])
    chance.shuffle(rows)
    write(path, ["order_id", "order_date", "amount"], rows)


# More kinds of random tables, and options of kinds.
MORE = {
    "orders": orders,
    "lines": lines,
    "renewals": renewals,
    "months": months,
    "subscriptions": subscriptions,
    "funnel": counts(["visits", "carts", "checkouts", "purchases"], funnel),
    "shop": counts(["visitors", "opening_hours", "passers_by", "transactions"], shop),
    "line": counts(["produced", "inspected", "defective"], line),
    "jobs": jobs,
    "trials": trials,
}


def column(table, header, **use):
    """The option that says what a column means, in files of both seeds."""
    return {"mapping": {f"{table}_{seed}.csv": {"columns": {header: use}} for seed in (1, 2, 3)}}


OPTIONS = {
    "lines": {"segment": "no such column"},
    "renewals": {"settings": {"renewal_rate.grace_days": 14}},
    "ces": column("ces", "ces", role="score", question="ces", scale=[1, 7], direction="low_is_good"),
    "engagement": column("engagement", "engagement", role="score", question="engagement", scale=[1, 5]),
}
