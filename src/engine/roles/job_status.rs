//! What the status of a job or a project says.

use super::synonyms::normal;

/// What a status says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum JobStatus {
    /// It is done.
    Completed,
    /// It was taken and is not done yet.
    Open,
    /// It was asked for, and nobody has taken it yet.
    Requested,
    /// It was asked for, and nobody took it.
    Declined,
    /// It was taken, and the customer called it off or was not there.
    CancelledByCustomer,
    /// It was taken and not done, for any other reason.
    Cancelled,
}

impl JobStatus {
    /// Whether it ended without being done.
    pub const fn is_cancelled(self) -> bool {
        matches!(
            self,
            Self::Declined | Self::CancelledByCustomer | Self::Cancelled
        )
    }
}

/// What a word for a status says; nothing for words that we do not know.
pub fn job_status(text: &str) -> Option<JobStatus> {
    let word = normal(text);
    let found = LISTS
        .iter()
        .find(|(_, list)| list.split('|').any(|known| known == word));
    found.map(|(status, _)| *status)
}

const LISTS: [(JobStatus, &str); 6] = [
    (
        JobStatus::Completed,
        "completed|complete|done|finished|closed|delivered|fulfilled|success|successful|paid|\
         dropped off|abgeschlossen|erledigt|fertig|beendet|geliefert|termine|terminee|acheve|\
         fait|livre|completado|completada|terminado|hecho|entregado|finalizado|concluido|\
         concluida|feito|entregue|completato|completata|concluso|fatto|consegnato|voltooid|\
         afgerond|gereed|klaar|geleverd|afgesloten",
    ),
    (
        JobStatus::Open,
        "open|in progress|ongoing|started|accepted|active|assigned|scheduled|confirmed|booked|\
         on the way|en route|picked up|on hold|running|in arbeit|laufend|angenommen|geplant|\
         en cours|acceptee|accepte|planifie|en progreso|en curso|aceptado|programado|\
         em andamento|aceito|agendado|in corso|accettato|pianificato|lopend|bezig|\
         geaccepteerd|gepland",
    ),
    (
        JobStatus::Requested,
        "requested|pending|new|waiting|unassigned|offered|offen|angefragt|ausstehend|neu|\
         demande|en attente|nouveau|solicitado|pendiente|nuevo|pendente|novo|richiesto|\
         in attesa|nuovo|aangevraagd|in afwachting|nieuw",
    ),
    (
        JobStatus::Declined,
        "declined|rejected|not accepted|expired|unfulfilled|no driver|no provider|timed out|\
         timeout|abgelehnt|abgelaufen|refuse|refusee|rechazado|recusado|rifiutato|geweigerd|\
         verlopen",
    ),
    (
        JobStatus::CancelledByCustomer,
        "cancelled by customer|canceled by customer|customer cancelled|customer canceled|\
         cancelled by client|canceled by client|client cancelled|client canceled|\
         cancelled by rider|canceled by rider|rider cancelled|rider canceled|\
         cancelled by user|canceled by user|cancelled by buyer|customer no show|\
         client no show|rider no show|vom kunden storniert|vom kunden abgesagt|\
         annule par le client|cancelado por el cliente|cancelado pelo cliente|\
         annullato dal cliente|geannuleerd door klant",
    ),
    (
        JobStatus::Cancelled,
        "cancelled|canceled|aborted|failed|not completed|incomplete|no show|reassigned|\
         cancelled by provider|canceled by provider|provider cancelled|provider canceled|\
         cancelled by driver|canceled by driver|driver cancelled|driver canceled|\
         cancelled by worker|canceled by worker|cancelled by freelancer|cancelled by seller|\
         provider no show|driver no show|refunded|disputed|stopped|storniert|abgebrochen|\
         abgesagt|annule|annulee|abandonne|cancelado|cancelada|anulado|fallido|falhou|\
         annullato|annullata|fallito|geannuleerd|mislukt|afgebroken",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_in_normal_form_and_stands_once() {
        let mut seen = Vec::new();
        for (_, list) in LISTS {
            for word in list.split('|') {
                assert_eq!(normal(word), word);
                assert!(!seen.contains(&word), "{word}");
                seen.push(word);
            }
        }
    }

    #[test]
    fn who_called_it_off_is_told_apart() {
        assert_eq!(
            job_status("Cancelled by customer"),
            Some(JobStatus::CancelledByCustomer)
        );
        assert_eq!(job_status("Storniert"), Some(JobStatus::Cancelled));
        assert_eq!(job_status("COMPLETED"), Some(JobStatus::Completed));
        assert_eq!(job_status("blue"), None);
    }
}
