//! The named segments: ten, by the scores of recency and frequency.

use super::scores::Scores;

/// Where a customer stands by when and how often they ordered.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Segment {
    /// Often, and lately.
    Champions,
    /// Often, and not long ago.
    Loyal,
    /// A few times, and lately.
    PotentialLoyal,
    /// Rarely yet, and just now.
    New,
    /// Rarely yet, and lately.
    Promising,
    /// Middling in both.
    NeedAttention,
    /// Rarely, and some time ago.
    AboutToSleep,
    /// Often, and long ago.
    AtRisk,
    /// Most often of all, and long ago.
    CannotLose,
    /// Rarely, and long ago.
    Hibernating,
}

impl Segment {
    /// All, in the order of the report.
    pub const ALL: [Self; 10] = [
        Self::Champions,
        Self::Loyal,
        Self::PotentialLoyal,
        Self::New,
        Self::Promising,
        Self::NeedAttention,
        Self::AboutToSleep,
        Self::AtRisk,
        Self::CannotLose,
        Self::Hibernating,
    ];

    /// The name in the report and in questions about rows.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Champions => "champions",
            Self::Loyal => "loyal",
            Self::PotentialLoyal => "potential_loyal",
            Self::New => "new",
            Self::Promising => "promising",
            Self::NeedAttention => "need_attention",
            Self::AboutToSleep => "about_to_sleep",
            Self::AtRisk => "at_risk",
            Self::CannotLose => "cannot_lose",
            Self::Hibernating => "hibernating",
        }
    }

    /// The scores of recency and of frequency, lowest and highest, that make the segment.
    ///
    /// # Source
    /// The squares of recency and frequency in common use among retailers and shop software; names
    /// after Putler's. Every one of the 25 squares belongs to one segment; the amount has a score of
    /// its own and no say in the name.
    pub const fn squares(self) -> [(u8, u8); 2] {
        match self {
            Self::Champions => [(5, 5), (4, 5)],
            Self::Loyal => [(3, 4), (4, 5)],
            Self::PotentialLoyal => [(4, 5), (2, 3)],
            Self::New => [(5, 5), (1, 1)],
            Self::Promising => [(4, 4), (1, 1)],
            Self::NeedAttention => [(3, 3), (3, 3)],
            Self::AboutToSleep => [(3, 3), (1, 2)],
            Self::AtRisk => [(1, 2), (3, 4)],
            Self::CannotLose => [(1, 2), (5, 5)],
            Self::Hibernating => [(1, 2), (1, 2)],
        }
    }

    /// Whether these scores make the segment.
    const fn holds(self, scores: Scores) -> bool {
        let [recency, frequency] = self.squares();
        recency.0 <= scores.recency
            && scores.recency <= recency.1
            && frequency.0 <= scores.frequency
            && scores.frequency <= frequency.1
    }

    /// The segment of these scores.
    pub fn of(scores: Scores) -> Self {
        let mut all = Self::ALL.into_iter();
        // Scores run from 1 to 5, and the squares hold all of those (see the test).
        all.find(|it| it.holds(scores)).unwrap_or(Self::Hibernating)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_square_belongs_to_one_segment() {
        for (recency, frequency, monetary) in
            (1..=5).flat_map(|r| (1..=5).flat_map(move |f| (1..=5).map(move |m| (r, f, m))))
        {
            let scores = Scores {
                recency,
                frequency,
                monetary,
            };
            let held = Segment::ALL.iter().filter(|it| it.holds(scores));
            assert_eq!(held.count(), 1, "{scores:?}");
        }
    }

    #[test]
    fn corners_are_called_what_they_are() {
        let of = |recency, frequency| {
            Segment::of(Scores {
                recency,
                frequency,
                monetary: 3,
            })
        };
        assert_eq!(of(5, 5), Segment::Champions);
        assert_eq!(of(5, 1), Segment::New);
        assert_eq!(of(1, 5), Segment::CannotLose);
        assert_eq!(of(1, 1), Segment::Hibernating);
        assert_eq!(of(3, 3), Segment::NeedAttention);
    }
}
