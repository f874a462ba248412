using System.Globalization;

namespace NetGen.Tests.Fuzzing;

/// <summary>What came of a form's damaged files.</summary>
/// <param name="Format">The form.</param>
/// <param name="Read">How many were read, the damage lying where anything is good.</param>
/// <param name="Refused">How many were refused with the exception that is promised.</param>
/// <param name="Kinds">How many outcomes there were that differ in more than names and numbers.</param>
/// <param name="MostBytes">The most that reading one has allocated.</param>
/// <param name="Slowest">The longest that one took.</param>
/// <param name="Most">The longest that one may take, as measured in this run.</param>
/// <param name="SlowestFile">That file.</param>
/// <param name="Defects">All other outcomes, each with the file that led to it.</param>
internal sealed record FuzzReport(string Format, long Read, long Refused, int Kinds, long MostBytes, TimeSpan Slowest, TimeSpan Most, byte[] SlowestFile, IReadOnlyList<string> Defects)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Format} | {Read + Refused + Defects.Count:N0} | {Read:N0} | {Refused:N0} | {Kinds} | {MostBytes / 1048576.0:0.0} MB | {Slowest.TotalMilliseconds:0} ms | {Most.TotalMilliseconds:0} ms | {Defects.Count} |");
}
