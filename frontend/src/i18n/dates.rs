//! Dates, times and ages by locale and time zone, from the Unicode locale data.

use super::{Language, Locale};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, Timelike, Utc};
use icu_calendar::Iso;
use icu_datetime::{
    DateTimeFormatter,
    fieldsets::{MD, T, YMD, YMDT},
    input::{Date, DateTime as Fields, Time},
    options::TimePrecision,
};
use icu_locale_core::Locale as Tag;

struct Formats {
    date: DateTimeFormatter<YMD>,
    day: DateTimeFormatter<MD>,
    minute: DateTimeFormatter<YMDT>,
    second: DateTimeFormatter<YMDT>,
    time: DateTimeFormatter<T>,
}

// Formatters hold reference counts that do not cross threads; a set for each thread is built once, in microseconds.
thread_local! {
    static ENGLISH: Formats = formats(Language::English);
    static DANISH: Formats = formats(Language::Danish);
}

impl Locale {
    /// A day, as "3 Nov 2026".
    pub fn date(self, at: DateTime<Utc>) -> String {
        self.with(|formats| formats.date.format(&self.fields(at)).to_string())
    }

    /// A day without its year, as "3 Nov", for axes of charts.
    pub fn day(self, at: DateTime<Utc>) -> String {
        self.with(|formats| formats.day.format(&self.fields(at)).to_string())
    }

    /// A day of a calendar, as "3 Nov 2026", which is the same wherever the reader is.
    pub fn calendar_date(self, day: NaiveDate) -> String {
        Self { time_zone: chrono_tz::UTC, ..self }.date(day.and_time(NaiveTime::MIN).and_utc())
    }

    /// A day of a calendar without its year, as "3 Nov".
    pub fn calendar_day(self, day: NaiveDate) -> String {
        Self { time_zone: chrono_tz::UTC, ..self }.day(day.and_time(NaiveTime::MIN).and_utc())
    }

    /// An instant to the minute, as "3 Nov 2026, 14:05".
    pub fn date_time(self, at: DateTime<Utc>) -> String {
        self.with(|formats| formats.minute.format(&self.fields(at)).to_string())
    }

    /// An instant to the second, with the offset from UTC: what a reader needs to compare it with a log.
    pub fn exact(self, at: DateTime<Utc>) -> String {
        let offset = at.with_timezone(&self.time_zone).format("%:z");
        self.with(|formats| format!("{} (UTC{offset})", formats.second.format(&self.fields(at))))
    }

    /// The time of day to the minute, as "14:05".
    pub fn time(self, at: DateTime<Utc>) -> String {
        self.with(|formats| formats.time.format(&self.fields(at)).to_string())
    }

    /// The value of an `<input type="datetime-local">`, in the reader's zone.
    pub fn input_value(self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.time_zone).format("%Y-%m-%dT%H:%M").to_string()
    }

    /// The same to the second.
    pub fn input_seconds(self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.time_zone).format("%Y-%m-%dT%H:%M:%S").to_string()
    }

    /// How long something took or has lasted, in its largest whole unit, as "3 hours".
    pub fn duration(self, span: TimeDelta) -> String {
        let (key, number) = largest_unit(span);
        self.tx(key, &[("count", number.into())])
    }

    /// How long ago something was, as "3 hours ago"; what lies ahead by clock error is "just now".
    pub fn ago(self, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
        let span = now.signed_duration_since(at);
        if span < TimeDelta::minutes(1) {
            return self.t("time-just-now");
        }
        self.tx("time-ago", &[("span", self.duration(span).into())])
    }

    /// How long before `now`, an instant of the past, something was, as "3 hours earlier".
    pub fn earlier(self, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
        self.tx("time-earlier", &[("span", self.duration(now.signed_duration_since(at)).into())])
    }

    /// The instant for a `datetime` attribute.
    pub fn machine(at: DateTime<Utc>) -> String {
        at.to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    fn with(self, format: impl FnOnce(&Formats) -> String) -> String {
        match self.language {
            Language::English => ENGLISH.with(format),
            Language::Danish => DANISH.with(format),
        }
    }

    fn fields(self, at: DateTime<Utc>) -> Fields<Iso> {
        let local = at.with_timezone(&self.time_zone);
        let part = |number: u32| u8::try_from(number).unwrap_or_default();
        let date =
            Date::try_new_iso(local.year(), part(local.month()), part(local.day())).expect("chrono's dates are dates");
        // A leap second is chrono's 59th.
        let time =
            Time::try_new(part(local.hour()), part(local.minute()), part(local.second()), 0).expect("so are its times");
        Fields { date, time }
    }
}

fn largest_unit(span: TimeDelta) -> (&'static str, i64) {
    let span = span.abs();
    if span < TimeDelta::seconds(1) {
        ("time-milliseconds", span.num_milliseconds())
    } else if span < TimeDelta::minutes(1) {
        ("time-seconds", span.num_seconds())
    } else if span < TimeDelta::hours(1) {
        ("time-minutes", span.num_minutes())
    } else if span < TimeDelta::days(2) {
        ("time-hours", span.num_hours())
    } else {
        ("time-days", span.num_days())
    }
}

fn formats(language: Language) -> Formats {
    let tag: Tag = language.formats().parse().expect("our tags are valid");
    let prefs = || (&tag).into();
    let known = "the data of every locale is built in";
    Formats {
        date: DateTimeFormatter::try_new(prefs(), YMD::medium()).expect(known),
        day: DateTimeFormatter::try_new(prefs(), MD::medium()).expect(known),
        minute: DateTimeFormatter::try_new(prefs(), YMDT::medium().with_time_precision(TimePrecision::Minute))
            .expect(known),
        second: DateTimeFormatter::try_new(prefs(), YMDT::medium()).expect(known),
        time: DateTimeFormatter::try_new(prefs(), T::short().with_time_precision(TimePrecision::Minute)).expect(known),
    }
}
