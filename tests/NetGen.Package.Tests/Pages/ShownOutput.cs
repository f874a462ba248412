using System.Globalization;
using System.Text.RegularExpressions;

namespace NetGen.Package.Tests;

/// <summary>
/// Compares what a page shows as output with what its program wrote: each shown line is a line of the output, in that order. Numbers that were learnt differ a little from processor to processor, so they
/// are compared with a tolerance; times are not compared. A line <c>...</c> stands for any number of lines.
/// </summary>
internal static partial class ShownOutput
{
    private const double Absolute = 0.05, Relative = 0.15;

    /// <summary>Fails where a shown line is not there.</summary>
    public static void Check(Page page, string output)
    {
        string[] lines = output.Split('\n');
        int at = 0;
        foreach (string shown in page.Output.Where(line => line != "..."))
        {
            int found = Array.FindIndex(lines, at, line => IsAlike(shown, line.TrimEnd()));
            Assert.True(found >= 0, $"{page.Path} shows the line\n{shown}\nand its program wrote from there on\n{string.Join('\n', lines[at..])}");
            at = found + 1;
        }
    }

    private static bool IsAlike(string shown, string written)
    {
        if (shown == written) return true;
        (shown, written) = (Time().Replace(shown, "(time)"), Time().Replace(written, "(time)"));
        if (Spaces().Replace(Number().Replace(shown, "#"), " ") != Spaces().Replace(Number().Replace(written, "#"), " ")) return false;
        return Number().Matches(shown).Zip(Number().Matches(written)).All(pair => IsNear(pair.First.Value, pair.Second.Value));
    }

    private static bool IsNear(string shown, string written)
    {
        double expected = double.Parse(shown, CultureInfo.InvariantCulture), found = double.Parse(written, CultureInfo.InvariantCulture);
        bool isWhole = !shown.Contains('.', StringComparison.Ordinal) && !written.Contains('.', StringComparison.Ordinal);
        return isWhole ? expected == found : Math.Abs(expected - found) <= Absolute + (Relative * Math.Abs(expected));
    }

    [GeneratedRegex(@"-?\d+(\.\d+)?([eE][-+]?\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"\d+(\.\d+)? (s|ms|us|ns)\b")]
    private static partial Regex Time();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
