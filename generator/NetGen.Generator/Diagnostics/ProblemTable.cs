namespace NetGen.Generator;

/// <summary>A kind of problem.</summary>
/// <param name="Id">The diagnostic's id.</param>
/// <param name="Title">What it is about, without the particulars.</param>
internal sealed record ProblemRow(string Id, string Title);

/// <summary>Every diagnostic of NetGen; <c>docs/diagnostics.md</c> has one section a row, and a test compares the two.</summary>
internal static class ProblemTable
{
    public static readonly ProblemRow[] Rows =
    [
        new("NG0001", "A network must be a partial class"),
        new("NG0010", "Unknown tap"),
        new("NG0011", "Shapes do not fit"),
        new("NG0012", "Bad argument value"),
    ];
}
