//! Numbers by locale, from the Unicode locale data.

use super::{Language, Locale};
use icu_decimal::{DecimalFormatter, input::Decimal};
use icu_locale_core::Locale as Tag;

// A formatter holds reference counts that do not cross threads; each thread builds its own once, in microseconds.
thread_local! {
    static ENGLISH: DecimalFormatter = formatter(Language::English);
    static DANISH: DecimalFormatter = formatter(Language::Danish);
}

impl Locale {
    /// A whole number with its thousands grouped.
    pub fn number(self, number: impl Into<i64>) -> String {
        integer(self.language, number.into())
    }

    /// A number of hundredths as a decimal number, as "99.97".
    pub fn hundredths(self, number: i64) -> String {
        let mut hundredths = Decimal::from(number);
        hundredths.multiply_pow10(-2);
        decimal(self.language, &hundredths)
    }

    /// A size in bytes, as "12.3 kB": decimal units, one decimal below ten.
    pub fn bytes(self, bytes: i64) -> String {
        let (unit, factor) = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)]
            .into_iter()
            .find(|(_, factor)| bytes >= *factor)
            .unwrap_or(("B", 1));
        if factor == 1 || bytes >= 10 * factor {
            return format!("{} {unit}", self.number((bytes + factor / 2) / factor));
        }
        let mut tenths = Decimal::from((bytes * 10 + factor / 2) / factor);
        tenths.multiply_pow10(-1);
        format!("{} {unit}", decimal(self.language, &tenths))
    }
}

pub(super) fn integer(language: Language, number: i64) -> String {
    decimal(language, &Decimal::from(number))
}

fn decimal(language: Language, number: &Decimal) -> String {
    let format = |formatter: &DecimalFormatter| formatter.format(number).to_string();
    match language {
        Language::English => ENGLISH.with(format),
        Language::Danish => DANISH.with(format),
    }
}

fn formatter(language: Language) -> DecimalFormatter {
    let tag: Tag = language.formats().parse().expect("our tags are valid");
    DecimalFormatter::try_new(tag.into(), icu_decimal::options::DecimalFormatterOptions::default())
        .expect("the data of every locale is built in")
}
