//! The only door to transcendental functions.
//!
//! The browser's and the machine's own functions may differ in the last bit; `libm` gives the same
//! bits everywhere, so the same input gives the same report natively and in every browser.

/// Natural logarithm.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// Exponential function.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// `base` raised to `exponent`.
pub fn pow(base: f64, exponent: f64) -> f64 {
    libm::pow(base, exponent)
}

/// Logarithm to base 10.
pub fn log10(x: f64) -> f64 {
    libm::log10(x)
}

/// Logarithm of the gamma function, for x > 0.
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// ln(1 + x), also where x is too small to show in 1 + x.
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// eˣ − 1, also where x is too small to show in eˣ.
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// Complementary error function.
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// Square root; exact by the standard, so the language's own is used.
pub fn sqrt(x: f64) -> f64 {
    x.sqrt()
}

/// A sum with Neumaier's compensation: the error does not grow with the number of terms.
///
/// # Source
/// Neumaier, A. (1974), "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen".
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    total: f64,
    lost: f64,
}

impl Sum {
    /// Adds a term.
    #[inline]
    pub fn add(&mut self, value: f64) {
        let next = self.total + value;
        self.lost += if self.total.abs() >= value.abs() {
            (self.total - next) + value
        } else {
            (value - next) + self.total
        };
        self.total = next;
    }

    /// The sum.
    pub fn value(self) -> f64 {
        self.total + self.lost
    }
}

/// The [`Sum`] of these values.
pub fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut sum = Sum::default();
    for value in values {
        sum.add(value);
    }
    sum.value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_keeps_small_terms_between_large_ones() {
        let bits = sum([1.0, 1e100, 1.0, -1e100]).to_bits();
        assert_eq!(bits, 2.0_f64.to_bits());
    }

    #[test]
    fn the_sum_of_nothing_is_zero() {
        assert_eq!(sum([]).to_bits(), 0.0_f64.to_bits());
    }
}
