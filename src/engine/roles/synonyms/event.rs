//! Headers of event tables.

use super::{RoleWords, also, needed, shared};
use crate::engine::roles::role::Role;

pub(super) const WORDS: &[RoleWords] = &[
    needed(
        Role::User,
        &[
            "user id|userid|distinct id|user pseudo id|user key|uid|profile id|visitor id|\
             actor id|identity id|mixpanel user id|benutzer id|benutzerkennung|\
             nutzer id|nutzerkennung|anwender id|id utilisateur|identifiant utilisateur|\
             id de usuario|id del usuario|identificador de usuario|usuario id|id do usuario|\
             id de utilizador|id do utilizador|id utente|identificativo utente|utente id|\
             gebruikers id|gebruiker id|gebruikersnummer",
            "user|member id|person id|actor|username|user name|user login|login name|member|\
             benutzer|nutzer|anwender|benutzername|utilisateur|nom d utilisateur|usuario|\
             nombre de usuario|utilizador|nome de usuario|utente|nome utente|gebruiker|\
             gebruikersnaam",
            "user email|email|email address|benutzer email|email utilisateur|\
             email de usuario|email do usuario|email utente|e mail gebruiker",
            "anonymous id|customer id|account id|device id|client id|contact id|subscriber id|visitor|\
             session user",
        ],
    ),
    needed(
        Role::OccurredAt,
        &[
            "occurred at|event time|event timestamp|event date|event at|event datetime|\
             event created at|happened at|activity date|activity time|activity timestamp|\
             action time|action date|logged at|login at|login date|login time|session start|\
             session date|tracked at|ereigniszeit|ereignisdatum|zeitpunkt|zeitstempel|\
             ereigniszeitpunkt|aktivitatsdatum|horodatage|date de l evenement|\
             heure de l evenement|date d evenement|date de connexion|fecha del evento|\
             hora del evento|fecha de evento|marca de tiempo|fecha de actividad|\
             fecha de acceso|data do evento|hora do evento|data da atividade|data de acesso|\
             data evento|ora evento|data dell evento|data attivita|data di accesso|tijdstip|\
             tijdstempel|datum gebeurtenis|datum van gebeurtenis|datum activiteit|inlogdatum",
            "timestamp|time|ts|datetime|date time|browser timestamp|client time|\
             client event time|zeit|uhrzeit|heure|hora|ora|tijd",
            "server timestamp|server time|original timestamp|seen at|last seen at",
            "received at|received timestamp|sent at",
            "date|created at|created on|created|day|datum|fecha|data|started at|tag|\
             erstellt am|cree le|creado el|criado em|creato il|aangemaakt op",
        ],
    ),
    also(
        Role::Event,
        &[
            "event|event name|event type|event table name|action|action name|activity|activity type|\
             event action|ereignis|ereignisname|ereignistyp|aktion|aktivitat|evenement|\
             nom de l evenement|type d evenement|activite|evento|nombre del evento|\
             tipo de evento|accion|actividad|nome do evento|acao|atividade|nome evento|\
             nome dell evento|tipo di evento|tipo evento|azione|attivita|gebeurtenis|\
             naam gebeurtenis|type gebeurtenis|actie|activiteit",
            "name|type|verb",
        ],
    ),
    also(
        Role::Feature,
        &[
            "feature|feature name|feature key|feature used|module|module name|component|\
             funktion|funktionsname|modul|fonctionnalite|nom de la fonctionnalite|\
             funcionalidad|nombre de la funcionalidad|modulo|funcionalidade|\
             nome da funcionalidade|funzionalita|nome funzionalita|funzione|functie|\
             functienaam|onderdeel",
            "area|screen|page|section|bereich|seite|ecran|pagina|pantalla|tela|schermata|scherm",
        ],
    ),
    also(
        Role::DurationSeconds,
        &["duration seconds|duration|session duration|session length|\
             session duration seconds|duration in seconds|time spent|time spent seconds|\
             engagement time|engagement time msec|duration minutes|dauer|dauer in sekunden|\
             dauer sekunden|sitzungsdauer|duree|duree en secondes|duree de session|\
             temps passe|duracion|duracion en segundos|duracion de sesion|tiempo dedicado|\
             duracao|duracao em segundos|duracao da sessao|tempo gasto|durata|\
             durata in secondi|durata sessione|tempo trascorso|duur|duur in seconden|\
             sessieduur|tijdsduur"],
    ),
    also(Role::Customer, shared::CUSTOMER),
];
