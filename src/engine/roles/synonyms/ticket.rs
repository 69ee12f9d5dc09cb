//! Headers of ticket tables.

use super::{RoleWords, also, needed};
use crate::engine::roles::role::Role;

pub(super) const WORDS: &[RoleWords] = &[
    needed(
        Role::Ticket,
        &[
            "ticket id|ticket number|ticket no|ticket nr|ticket|ticket key|ticket ref|\
             ticket reference|case id|case number|case no|case|conversation id|\
             conversation number|issue id|issue key|issue number|incident id|incident number|\
             incident|request id|request number|service request number|sr number|chat id|\
             thread id|kundenvorgangsnummer|vorgangs nr|ticketnummer|ticket nummer|vorgangsnummer|fallnummer|fall id|\
             anfragenummer|anfrage id|numero de ticket|numero du ticket|id ticket|\
             id du ticket|n de ticket|numero de dossier|numero de demande|id de la demande|\
             id de ticket|id del ticket|numero de caso|id de caso|id del caso|\
             numero de incidencia|numero de solicitud|id do ticket|numero do ticket|\
             numero do chamado|id do chamado|chamado|numero da solicitacao|numero del ticket|\
             numero ticket|codice ticket|numero caso|numero richiesta|id richiesta|\
             ticket identificatie|zaaknummer|meldingsnummer|meldingnummer|aanvraagnummer",
            "id|number|key|no|nr|nummer|numero|#",
        ],
    ),
    needed(
        Role::CreatedAt,
        &[
            "created at|created time|created on|created date|date created|creation date|\
             create date|created|ticket created|ticket created at|ticket created date|\
             ticket creation date|opened at|opened on|date opened|open date|opened date|\
             opened|date time opened|conversation created at|conversation started at|\
             submitted at|submitted on|date submitted|submitted|requested at|request date|\
             reported at|reported on|raised at|raised on|logged at|date logged|\
             created at date|ticket opened at|created time ticket|geoffnet am|geoffnet am um|\
             date heure d ouverture|fecha hora de apertura|data hora de abertura|\
             data ora di apertura|datum tijd geopend|case created date|issue created|sys created on|erstellt am|\
             erstellt|erstelldatum|erstellungsdatum|eroffnet am|eroffnungsdatum|angelegt am|\
             eingegangen am|eingangsdatum|gemeldet am|cree le|date de creation|\
             date d ouverture|ouvert le|date de la demande|signale le|creado el|creado|\
             fecha de creacion|fecha de apertura|abierto el|fecha de solicitud|\
             fecha creacion|criado em|data de criacao|data de abertura|aberto em|\
             data da solicitacao|data criacao|creato il|data di creazione|data creazione|\
             data di apertura|data apertura|aperto il|data richiesta|aangemaakt op|\
             heure de creation|hora de creacion|hora de criacao|ora di creazione|\
             erstellungszeit|erstellzeit|tijd van aanmaken|\
             aanmaakdatum|geopend op|openingsdatum|datum aangemaakt|gemeld op|meldingsdatum|\
             ingediend op",
            "started at|start time|received at|date received|inquiry date|timestamp|date|\
             datum|fecha|data|empfangen am|recu le|recibido el|recebido em|ricevuto il|\
             ontvangen op",
        ],
    ),
    also(
        Role::FirstResponseAt,
        &[
            "first response at|first replied at|first reply at|first responded at|\
             first response date|first reply date|date of first response|\
             first response timestamp|first response time stamp|first reply timestamp|\
             initial response time|initial response at|initial response|\
             initially responded at|first admin reply at|first agent reply at|\
             first agent response at|conversation first response at|first contact at|\
             first contacted at|first public reply at|erste antwort am|erste antwort|\
             erstantwort am|erstreaktion am|datum der ersten antwort|zeitpunkt erste antwort|\
             premiere reponse le|date de premiere reponse|date de la premiere reponse|\
             premiere reponse|primera respuesta el|fecha de primera respuesta|\
             fecha de la primera respuesta|primera respuesta|primeira resposta em|\
             data da primeira resposta|data de primeira resposta|primeira resposta|\
             prima risposta il|data prima risposta|data della prima risposta|prima risposta|\
             heure de reponse initiale|heure de premiere reponse|\
             hora de primera respuesta|hora da primeira resposta|eerste reactie op|eerste antwoord op|datum eerste reactie|datum eerste antwoord|\
             eerste reactie|eerste antwoord",
            "first response|first reply|responded at|response date|replied at|answered at|\
             survey responded at",
        ],
    ),
    also(
        Role::FirstResponseMinutes,
        &[
            "first response minutes|first reply minutes|first reply time in minutes|\
             first response time in minutes|first response time minutes|\
             first reply time minutes|first response time mins|first response time min|\
             frt minutes|frt mins|frt min|first response time in hrs|\
             first response time in hours|first response time hours|first response hours|\
             first reply time hours|first reply time in hours|frt hours|\
             first response time in seconds|first response time seconds|\
             first response seconds|first reply time seconds|frt seconds|first response time|\
             first reply time|frt|time to first response|time to first reply|\
             first response duration|time to admin reply|time to first agent reply|time to first agent response|\
             first agent response time|first agent reply time|agent first response time|\
             agent first reply time|first human response time|first human reply time|\
             minutes to first response|hours to first response|\
             erstantwortzeit|erste antwortzeit|erstreaktionszeit|antwortzeit|\
             zeit bis zur ersten antwort|reaktionszeit|delai de premiere reponse|\
             temps de premiere reponse|delai premiere reponse|temps de reponse|\
             tiempo de primera respuesta|tiempo hasta la primera respuesta|\
             tiempo de respuesta|tempo de primeira resposta|tempo da primeira resposta|tempo ate a primeira resposta|\
             tempo de resposta|tempo di prima risposta|tempo prima risposta|\
             tempo di risposta|eerste reactietijd|tijd tot eerste reactie|reactietijd|\
             responstijd|eerste responstijd",
            "response time|reply time|wait time|time to response|response minutes|\
             response hours|first reply time in minutes within business hours|\
             initial response minutes",
        ],
    ),
    also(
        Role::ResolvedAt,
        &[
            "resolved at|resolved time|resolved on|resolved date|date resolved|\
             resolution date|resolution timestamp|solved at|solved on|solved date|\
             date solved|ticket resolved at|ticket solved at|resolved|solved|\
             last resolved at|last solved at|last closed at|gelost am|geloest am|losungsdatum|behoben am|\
             erledigt am|erledigt|resolu le|date de resolution|resolu|resuelto el|\
             fecha de resolucion|resuelto|solucionado el|fecha de solucion|resolvido em|\
             data de resolucao|resolvido|data da resolucao|solucionado em|risolto il|\
             data di risoluzione|data risoluzione|risolto|heure de resolution|hora de resolucion|hora de solucion|\
             hora de resolucao|ora di risoluzione|losungszeitpunkt|opgelost op|oplosdatum|opgelost|\
             datum opgelost|afgehandeld op",
            "closed at|closed time|closed on|closed date|date closed|close date|closed|\
             closing date|date time closed|ticket closed time|geschlossen am um|\
             date heure de fermeture|date heure de cloture|fecha hora de cierre|\
             data hora de fechamento|data ora di chiusura|datum tijd gesloten|conversation closed at|last close at|\
             completed at|completed on|date completed|completion date|\
             ended at|end time|geschlossen am|geschlossen|abgeschlossen am|schliessdatum|\
             abschlussdatum|heure de fermeture|hora de cierre|hora de fechamento|\
             ora di chiusura|ferme le|date de fermeture|date de cloture|cloture le|clos le|\
             cerrado el|cerrado|fecha de cierre|fecha cierre|fechado em|fechado|\
             data de fechamento|data de encerramento|encerrado em|chiuso il|chiuso|\
             data di chiusura|data chiusura|gesloten op|gesloten|sluitingsdatum|\
             datum gesloten|afgesloten op",
        ],
    ),
    also(
        Role::ResolutionMinutes,
        &[
            "resolution minutes|full resolution time in minutes|resolution time in minutes|\
             resolution time minutes|resolution time mins|full resolution time minutes|\
             resolution time in hrs|resolution time in hours|resolution time hours|\
             resolution hours|full resolution time hours|full resolution time in hours|\
             resolution time in seconds|resolution time seconds|resolution seconds|\
             resolution time in days|resolution time days|resolution days|resolution time|\
             full resolution time|time to resolution|time to resolve|time to solve|ttr|mttr|\
             time to close|minutes to resolution|hours to resolution|resolution duration|\
             losungszeit|loesungszeit|losungsdauer|bearbeitungszeit|bearbeitungsdauer|\
             zeit bis zur losung|delai de resolution|temps de resolution|duree de resolution|\
             tiempo de resolucion|tiempo hasta la resolucion|tiempo de solucion|\
             tempo de resolucao|tempo ate a resolucao|tempo de solucao|tempo di risoluzione|\
             tempo risoluzione|oplostijd|oplossingstijd|afhandeltijd|doorlooptijd|\
             tijd tot oplossing",
            "handle time|\
             handle time minutes|handling time|\
             full resolution time in minutes within business hours|time to last close|\
             close time minutes",
        ],
    ),
    also(
        Role::FirstResolvedAt,
        &[
            "first resolved at|first solved at|first close at|first closed at|\
             first resolution at|first resolution date|first solved date|\
             date of first resolution|erste losung am|premiere resolution le|\
             primera resolucion el|primeira resolucao em|prima risoluzione il|\
             eerste oplossing op",
        ],
    ),
    also(
        Role::FirstResolutionMinutes,
        &[
            "first resolution time in minutes|first resolution time|first resolution minutes|\
             first resolution time in hours|first resolution time hours|\
             first resolution hours|first resolution time in seconds|\
             time to first resolution|time to first close|erste losungszeit|\
             delai de premiere resolution|tiempo de primera resolucion|\
             tempo de primeira resolucao|tempo di prima risoluzione|eerste oplostijd",
            "first resolution time in minutes within business hours",
        ],
    ),
    also(
        Role::Status,
        &[
            "status|ticket status|state|conversation state|case status|issue status|\
             ticket state|current status|zustand|ticketstatus|statut|statut du ticket|etat|\
             estado|estado del ticket|situacion|estado do ticket|situacao|status do ticket|\
             stato|stato del ticket|stato ticket|ticket statuut|toestand",
        ],
    ),
    also(
        Role::Priority,
        &[
            "priority|ticket priority|case priority|issue priority|prioritat|prioritaet|\
             priorite|prioridad|prioridade|priorita|prioriteit",
            "severity|urgency|dringlichkeit|schweregrad|urgence|gravite|urgencia|gravedad|\
             severidad|gravidade|severidade|urgenza|gravita|urgentie|ernst",
        ],
    ),
    also(
        Role::Channel,
        &[
            "channel|ticket channel|contact channel|via|via channel|kanal|kontaktkanal|canal|\
             canal de contact|canal de contacto|canal de contato|canale|canale di contatto|\
             kanaal|contactkanaal",
            "source|origin|case origin|ticket source|quelle|herkunft|origine|origen|fuente|\
             origem|fonte|bron|herkomst|medium",
        ],
    ),
    also(
        Role::Satisfaction,
        &[
            "satisfaction score|csat|csat score|csat rating|satisfaction rating|\
             satisfaction rating score|ticket satisfaction score|ticket satisfaction rating|\
             customer satisfaction|customer satisfaction score|customer satisfaction rating|\
             satisfaction|conversation rating|customer rating|survey result|survey results|\
             ticket rating|happiness rating|zufriedenheit|kundenzufriedenheit|\
             zufriedenheitswert|bewertung|satisfaction client|note de satisfaction|\
             evaluation|satisfaccion|satisfaccion del cliente|puntuacion de satisfaccion|\
             calificacion|valoracion|satisfacao|satisfacao do cliente|nota de satisfacao|\
             avaliacao|soddisfazione|soddisfazione cliente|soddisfazione del cliente|\
             punteggio di soddisfazione|valutazione|tevredenheid|klanttevredenheid|\
             tevredenheidsscore|beoordeling",
            "rating|score|feedback score|survey score|stars",
        ],
    ),
    also(
        Role::Reopens,
        &[
            "reopens|reopen count|reopened count|times reopened|number of reopens|reopenings|\
             count reopens|count reopen|wiedereroffnungen|anzahl wiedereroffnungen|\
             wieder geoffnet|reouvertures|nombre de reouvertures|reaperturas|\
             numero de reaperturas|veces reabierto|reaberturas|numero de reaberturas|\
             vezes reaberto|riaperture|numero di riaperture|volte riaperto|heropeningen|\
             aantal heropeningen|keer heropend",
            "reopened|reopen|wiedereroffnet|rouvert|reabierto|reaberto|riaperto|heropend",
        ],
    ),
    also(
        Role::SlaTargetMinutes,
        &[
            "sla target minutes|sla target|sla target min|sla minutes|sla target hours|\
             sla hours|sla target in minutes|sla target in hours|sla goal|sla time|sla limit|\
             sla deadline minutes|target minutes|target response minutes|\
             target resolution minutes|response sla minutes|resolution sla minutes|\
             first response target minutes|sla ziel|sla zeit|sla vorgabe|sla zielzeit|\
             sla minuten|sla ziel minuten|sla ziel in minuten|sla ziel stunden|objectif sla|\
             delai sla|sla objectif|objectif sla minutes|objetivo sla|objetivo de sla|\
             tiempo sla|objetivo sla minutos|meta de sla|meta sla|meta sla minutos|prazo sla|\
             obiettivo sla|obiettivo sla minuti|tempo sla|sla doel|sla doel minuten|sla tijd|\
             sla streeftijd",
            "target|target hours|target time|zielzeit|objectif|objetivo|meta|obiettivo|\
             streeftijd|doel",
        ],
    ),
    also(
        Role::SlaMet,
        &[
            "sla met|sla status|sla achieved|within sla|in sla|sla compliance|sla compliant|\
             sla result|sla outcome|sla fulfilled|sla attained|sla kept|sla state|met sla|\
             is sla met|made sla|sla made|sla hit|hit sla|first response status|resolution status|response sla status|\
             resolution sla status|sla eingehalten|sla erfullt|sla erreicht|innerhalb sla|\
             innerhalb der sla|sla respecte|sla respectee|sla atteint|sla tenu|dans le sla|\
             sla cumplido|cumple sla|dentro de sla|dentro del sla|sla cumprido|cumpriu sla|\
             dentro do sla|sla atendido|sla rispettato|sla rispettata|entro sla|entro lo sla|\
             sla gehaald|binnen sla|sla nagekomen",
        ],
    ),
    also(
        Role::Comment,
        &[
            "satisfaction comment|csat comment|rating comment|survey comment|\
             feedback comment|conversation rating comment|conversation rating remark|\
             customer feedback|kommentar zur bewertung|commentaire de satisfaction|\
             comentario de satisfaccion|comentario de satisfacao|commento di soddisfazione|\
             opmerking bij beoordeling",
        ],
    ),
    also(Role::Customer, TICKET_CUSTOMER),
];

const TICKET_CUSTOMER: &[&str] = &[
    "customer id|customer|customer number|customer no|account id|account|account number|\
     organization id|organization|organisation|organisation id|company id|company|client id|\
     client|kundennummer|kunden id|kunden nr|kunde|firma|unternehmen|organisationseinheit|\
     numero client|numero de client|id client|entreprise|societe|compte|numero de cliente|\
     numero do cliente|id cliente|id do cliente|id del cliente|cliente|empresa|cuenta|conta|\
     codice cliente|azienda|klantnummer|klant id|klant|bedrijf|organisatie",
    "customer name|account name|company name|organization name|organisation name|client name|\
     requester organization|message author companies|kundenname|firmenname|nom du client|\
     nom de l entreprise|nombre del cliente|nombre de la empresa|nome do cliente|\
     nome da empresa|nome cliente|nome del cliente|nome azienda|klantnaam|bedrijfsnaam",
    "requester id|requester email|contact id|contact email|customer email|\
     requester external id|requester domain|kunden email|email du client|email del cliente|\
     correo del cliente|email do cliente|email cliente|klant email",
    "requester|contact|contact name|requester name|email|full name|anfragender|melder|\
     demandeur|solicitante|richiedente|aanvrager|reporter|caller",
];
