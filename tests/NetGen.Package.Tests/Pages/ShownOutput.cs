using System.Globalization;
using System.Text.RegularExpressions;

namespace NetGen.Package.Tests;

/// <summary>
/// Compares what a page shows as output with what its program wrote. The lines of a fence follow each other in the output, too, apart from a line <c>...</c>, which stands for any number of lines; between
/// fences the program may write what the page does not show. Numbers with a fraction agree to half a unit of their last digit and a hundredth of themselves, and have as many digits behind the point:
/// one code path gives the same bits in each run, and the three paths differ on these pages by one unit of the fifth digit at most. Whole numbers are equal. Times are not compared.
/// </summary>
internal static partial class ShownOutput
{
    private const double Relative = 0.01, Units = 0.5;

    /// <summary>Fails where a shown line is not there.</summary>
    public static void Check(Page page, string output)
    {
        if (Difference(page.Output, output) is { } difference) Assert.Fail($"{page.Path} shows {difference}");
    }

    /// <summary>The first shown line that was not written, and what was written in its place; null where all of them were.</summary>
    /// <param name="fences">What is shown, fence by fence.</param>
    /// <param name="output">What was written.</param>
    public static string? Difference(IEnumerable<string> fences, string output)
    {
        string[] lines = Lines(output);
        int at = 0;
        foreach (string fence in fences)
        {
            bool mayPass = true;
            foreach (string shown in Lines(fence))
            {
                if (shown == "...")
                {
                    mayPass = true;
                    continue;
                }

                int found = mayPass ? Array.FindIndex(lines, at, line => IsAlike(shown, line)) : at < lines.Length && IsAlike(shown, lines[at]) ? at : -1;
                if (found < 0) return $"the line\n{shown}\nand its program wrote from there on\n{string.Join('\n', lines[at..])}";
                (at, mayPass) = (found + 1, false);
            }
        }

        return null;
    }

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];

    private static bool IsAlike(string shown, string written)
    {
        if (shown == written) return true;
        (shown, written) = (Time().Replace(shown, "(time)"), Time().Replace(written, "(time)"));
        if (Spaces().Replace(Number().Replace(shown, "#"), " ") != Spaces().Replace(Number().Replace(written, "#"), " ")) return false;
        return Number().Matches(shown).Zip(Number().Matches(written)).All(pair => IsNear(pair.First, pair.Second));
    }

    private static bool IsNear(Match shown, Match written)
    {
        if (!shown.Groups["fraction"].Success && !shown.Groups["exponent"].Success) return shown.Value == written.Value;
        if (shown.Groups["fraction"].Length != written.Groups["fraction"].Length || shown.Groups["exponent"].Success != written.Groups["exponent"].Success) return false;
        (double expected, double found) = (double.Parse(shown.Value, CultureInfo.InvariantCulture), double.Parse(written.Value, CultureInfo.InvariantCulture));
        int exponent = shown.Groups["exponent"].Success ? int.Parse(shown.Groups["exponent"].Value, CultureInfo.InvariantCulture) : 0;
        double unit = Math.Pow(10, exponent - shown.Groups["fraction"].Length);
        return Math.Abs(expected - found) <= (Units * unit) + (Relative * Math.Abs(expected));
    }

    [GeneratedRegex(@"-?\d+(\.(?<fraction>\d+))?([eE](?<exponent>[-+]?\d+))?")]
    private static partial Regex Number();

    [GeneratedRegex(@"\d+(\.\d+)? (s|ms|us|ns)\b")]
    private static partial Regex Time();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
