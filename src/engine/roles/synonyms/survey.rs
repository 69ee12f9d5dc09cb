//! Headers of survey tables.

use super::{RoleWords, also, needed, shared};
use crate::engine::roles::role::Role;
use crate::engine::table::prose::headers;

pub(super) const WORDS: &[RoleWords] = &[
    needed(
        Role::Score,
        &[
            // Questions as people write them; the phrase is as sure as a whole header.
            "~likely to recommend|~likely are you to recommend|\
             ~likely is it that you would recommend|~would you recommend|\
             ~likelihood to recommend|~likelihood of recommending|~net promoter|\
             ~weiterempfehlen|~empfehlen sie uns|~recommanderiez|~recommander|~recomendaria|\
             ~recomiende|~recomendar|~consiglierebbe|~consiglieresti|~raccomanderebbe|\
             ~raccomanderesti|~consigliare|~aanbevelen|~aanraden|~aanbeveelt|\
             ~beveel je ons aan",
            "~how satisfied|~rate your overall satisfaction|~how would you rate|~wie bewerten sie|\
             ~comment evalueriez|~comment noteriez|~como calificaria|~como avalia|\
             ~come valuterebbe|~hoe beoordeelt u|~satisfied are you|~satisfied were you|~rate your satisfaction|\
             ~wie zufrieden|~satisfait etes vous|~etes vous satisfait|~satisfaite etes vous|\
             ~satisfecho esta|~esta satisfecho|~grado de satisfaccion|~satisfeito esta|\
             ~esta satisfeito|~grau de satisfacao|~soddisfatto|~soddisfatta|\
             ~grado di soddisfazione|~hoe tevreden|~tevreden bent u|~tevreden ben je",
            "~how easy|~made it easy|~was easy|~easy to|~war einfach|~war leicht|~etait facile|~ete facile|\
             ~fue sencillo|~era facile|~was makkelijk|~was eenvoudig|~was it easy|\
             ~place to work|~as an employer|~how much effort|~effort did you|~wie einfach|\
             ~wie leicht|~wie viel aufwand|~etait il facile|~facile a t il|~combien d effort|\
             ~que tan facil|~fue facil|~cuanto esfuerzo|~foi facil|~quanto esforco|\
             ~quanto e stato facile|~quanto sforzo|~hoe makkelijk|~hoe gemakkelijk|\
             ~hoeveel moeite|+nps|+enps|+csat|+ces",
            "nps|nps score|nps rating|net promoter score|net promoter|netpro|netpromoter|\
             recommendation score|likelihood to recommend|ltr|enps|csat|csat score|\
             csat rating|customer satisfaction|customer satisfaction score|\
             overall satisfaction|satisfaction score|satisfaction rating|ces|ces score|\
             customer effort score|customer effort|effort score|ease score|weiterempfehlung|\
             weiterempfehlungsbereitschaft|gesamtzufriedenheit|kundenzufriedenheit|\
             zufriedenheit|aufwand|satisfaction client|satisfaction globale|recommandation|\
             effort client|satisfaccion|satisfaccion del cliente|satisfaccion general|\
             recomendacion|esfuerzo|esfuerzo del cliente|satisfacao|satisfacao do cliente|\
             satisfacao geral|recomendacao|esforco|esforco do cliente|soddisfazione|\
             soddisfazione del cliente|soddisfazione cliente|soddisfazione complessiva|\
             raccomandazione|sforzo|sforzo del cliente|tevredenheid|klanttevredenheid|\
             algemene tevredenheid|aanbeveling|moeite|klantinspanning",
            "satisfaction|effort|recommend|recommendation|star rating|stars|review score|\
             review rating|review stars|product rating|seller rating|overall rating|\
             rating score|bewertung|sterne|sternebewertung|note globale|note client|etoiles|\
             evaluation|calificacion|puntuacion|valoracion|estrellas|avaliacao|estrelas|\
             pontuacao|nota|valutazione|stelle|voto|punteggio|beoordeling|sterren|\
             rapportcijfer|cijfer",
            "score|rating|survey score|answer value|response value|answer score|\
             response score|punkte|punktzahl|wert der antwort|note|reponse chiffree|puntaje|\
             puntos|waarde|bewertungspunkte",
        ],
    ),
    also(
        Role::RespondedAt,
        &[
            "responded at|responded on|response date|response time stamp|date of response|\
             response received at|answered at|answered on|submitted at|submitted on|\
             submit date|submission date|date submitted|submitted|recorded date|completed at|\
             completion date|completion time|date completed|completed date|survey response date|\
             survey completed at|survey completed on|survey completed date|\
             survey completion date|answer date|date answered|review date|reviewed at|review creation date|responded|\
             antwortdatum|beantwortet am|geantwortet am|abgeschickt am|ausgefullt am|\
             eingereicht am|eingegangen am|fertigstellungszeit|bewertungsdatum|date de reponse|heure de fin|repondu le|\
             date de soumission|soumis le|date d envoi de la reponse|date de l avis|\
             fecha de respuesta|hora de finalizacion|hora de respuesta|respondido el|fecha de envio de la respuesta|enviado el|\
             fecha de resena|data de resposta|hora de conclusao|data da resposta|\
             respondido em|data de submissao|data da avaliacao|\
             data di risposta|data risposta|ora di completamento|risposto il|data di compilazione|\
             data compilazione|data di invio risposta|data recensione|antwoorddatum|\
             beantwoord op|tijd van voltooien|voltooiingstijd|ingevuld op|ingediend op|datum antwoord|datum reactie|\
             datum beoordeling",
            // The day of a survey may be that of its question or of its answer.
            "survey date|umfragedatum|fecha de la encuesta|data da pesquisa|completed|\
             end date|enddate|end time|finished at|finish date|ended at|enddatum|endzeit|\
             date de fin|fecha de fin|fecha final|data de termino|data fim|data di fine|data fine|\
             einddatum",
            "timestamp|zeitstempel|horodatage|horodateur|marca temporal|marca de tiempo|\
             carimbo de data hora|informazioni cronologiche|tijdstempel",
            "created at|created|created on|created date|date created|date added|erstellt am|\
             cree le|date de creation|creado el|fecha de creacion|criado em|data de criacao|\
             creato il|data di creazione|data creazione|aangemaakt op",
            "date|day|datetime|date time|datum|fecha|data|tag|interview date",
            "start date|startdate|start time|started at|startdatum|startzeit|date de debut|\
             heure de debut|fecha de inicio|hora de inicio|data de inicio|data di inizio|\
             data inizio|ora di inizio|begintijd|starttijd",
        ],
    ),
    also(
        Role::SentAt,
        &[
            "sent at|sent on|request sent at|survey sent at|survey sent|date sent|sent date|\
             invited at|invitation date|invitation sent at|invite sent at|gesendet am|\
             versendet am|verschickt am|eingeladen am|versanddatum|envoye le|date d envoi|\
             invite le|fecha de envio|enviada el|invitado el|data de envio|enviado em|\
             convidado em|data di invio|data invio|inviato il|invitato il|verzonden op|\
             verstuurd op|uitgenodigd op|verzenddatum",
            "sent|distributed at|distribution date",
        ],
    ),
    also(
        Role::Respondent,
        &[
            "respondent id|respondent|respondent number|respnum|response id|responseid|\
             response number|person id|person|contact id|panelist id|submission id|\
             teilnehmer|teilnehmer id|teilnehmernummer|befragter|antwort id|id du repondant|\
             repondant|participant|id reponse|id de reponse|encuestado|id del encuestado|\
             id de respuesta|participante|respondente|id do respondente|id da resposta|\
             rispondente|id rispondente|id risposta|partecipante|respondent nummer|deelnemer|\
             deelnemer id|antwoord id",
            "email|e mail|email address|e mail address|contact email|customer email|\
             respondent email|recipient email|e mail adresse|emailadresse|adresse e mail|\
             adresse email|courriel|correo|correo electronico|\
             direccion de correo electronico|endereco de e mail|endereco de email|\
             indirizzo email|indirizzo e mail|posta elettronica|e mailadres|emailadres",
            "user id|network id|recipient|recipient id|token|collector id",
        ],
    ),
    also(Role::Customer, shared::CUSTOMER),
    also(
        Role::Comment,
        &[headers::QUESTIONS, headers::SURE, headers::LIKELY],
    ),
    also(
        Role::Question,
        &[
            "question|question text|survey question|question asked|question id|question name|\
             question title|question label|frage|fragetext|frage id|texte de la question|\
             question posee|pregunta|texto de la pregunta|pergunta|texto da pergunta|domanda|\
             testo della domanda|testo domanda|vraag|vraagtekst",
            "survey type|question type|survey name|survey title|survey|metric|fragetyp|\
             umfragetyp|umfrage|type d enquete|enquete|tipo de encuesta|encuesta|\
             tipo de pesquisa|pesquisa|tipo di sondaggio|sondaggio|indagine|enquetetype|\
             enquete naam",
        ],
    ),
    also(
        Role::ScaleMin,
        &[
            "scale min|scale minimum|min score|minimum score|lowest score|min scale|\
             scale from|scale low|score min|min rating|skala min|skala von|skalenminimum|\
             niedrigster wert|echelle min|echelle minimum|note minimale|escala minima|\
             escala minimo|minimo de la escala|minimo da escala|escala min|scala min|\
             scala minima|minimo scala|schaal min|schaal minimum|laagste score|schaal van",
        ],
    ),
    also(
        Role::ScaleMax,
        &[
            "scale max|scale maximum|max score|maximum score|highest score|max scale|\
             scale to|scale high|score max|max rating|out of|best rating|skala max|skala bis|\
             skalenmaximum|hochster wert|echelle max|echelle maximum|note maximale|\
             escala maxima|escala maximo|maximo de la escala|maximo da escala|escala max|\
             scala max|scala massima|massimo scala|schaal max|schaal maximum|hoogste score|\
             schaal tot",
        ],
    ),
    also(
        Role::Referrals,
        &[
            "referrals|referral count|number of referrals|referrals made|referred customers|\
             referred|has referred|referred someone|referred a friend|recommended us|\
             reviews written|reviews posted|public reviews|advocacy actions|empfehlungen|\
             anzahl empfehlungen|hat empfohlen|geworbene kunden|parrainages|\
             nombre de parrainages|clients parraines|a parraine|referidos|\
             numero de referidos|ha referido|indicacoes|numero de indicacoes|indicou|\
             segnalazioni|numero di segnalazioni|clienti segnalati|aanbevelingen gedaan|\
             aantal aanbevelingen|doorverwijzingen",
        ],
    ),
];
