using System.Globalization;

namespace NetGen;

/// <summary>Checks of numeric arguments, with one wording.</summary>
internal static class Arguments
{
    internal static double Positive(double value, string name)
        => value > 0 && double.IsFinite(value) ? value : throw OutOfRange(name, value, "a positive, finite number");

    internal static double NotNegative(double value, string name)
        => value >= 0 && double.IsFinite(value) ? value : throw OutOfRange(name, value, "a finite number that is not negative");

    internal static double NotPositive(double value, string name)
        => value <= 0 && double.IsFinite(value) ? value : throw OutOfRange(name, value, "a finite number that is not above 0");

    internal static double Finite(double value, string name)
        => double.IsFinite(value) ? value : throw OutOfRange(name, value, "a finite number");

    /// <summary>A fraction from 0 to 1, the upper end excluded.</summary>
    internal static double Fraction(double value, string name)
        => value is >= 0 and < 1 ? value : throw OutOfRange(name, value, "a number from 0 up to, but not including, 1");

    /// <summary>A fraction from 0 to 1, both included.</summary>
    internal static double UpToOne(double value, string name)
        => value is >= 0 and <= 1 ? value : throw OutOfRange(name, value, "a number from 0 to 1");

    /// <summary>A fraction from 0 to 1, the lower end excluded.</summary>
    internal static double PositiveUpToOne(double value, string name)
        => value is > 0 and <= 1 ? value : throw OutOfRange(name, value, "a number above 0 and up to 1");

    /// <summary>A count with a least value, or none.</summary>
    internal static int? AtLeast(int? value, int least, string name)
        => value >= least || value is null ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; expected a whole number of at least {least}, or null.");

    /// <summary>A small number that keeps a division apart from 0 / 0, also after it is rounded to a float.</summary>
    internal static double Epsilon(double value, string name)
        => (float)value > 0 && float.IsFinite((float)value) ? value : throw OutOfRange(name, value, "a positive number that a float can hold");

    internal static long Positive(long value, string name)
        => value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; expected a positive number of steps.");

    internal static string Format(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static ArgumentOutOfRangeException OutOfRange(string name, double value, string expected)
        => new(name, value, $"{name} is {Format(value)}; expected {expected}.");
}
