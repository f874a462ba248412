namespace NetGen.Generator;

/// <summary>A kind of problem.</summary>
/// <param name="Id">The diagnostic's id.</param>
/// <param name="Title">What it is about, without the particulars.</param>
internal sealed record ProblemRow(string Id, string Title);

/// <summary>Every diagnostic of NetGen, all of them errors; <c>docs/diagnostics.md</c> has one section a row, and a test compares the two.</summary>
internal static class ProblemTable
{
    /// <summary>The compiler itself failed; the message holds the exception.</summary>
    public const string InternalError = "NG9999";

    public static readonly ProblemRow[] Rows =
    [
        // The class (Frontend/ClassShape).
        new("NG0001", "A network must be a partial class"),
        new("NG0002", "A network must not be generic"),
        new("NG0003", "A network must not be static"),
        new("NG0004", "A network must not be a record"),
        new("NG0005", "A network must not be file-local"),
        new("NG0006", "A network must not be abstract"),
        new("NG0007", "A network has no base class of its own"),
        new("NG0008", "A network has no primary constructor"),
        new("NG0009", "All layers of a network stand on one declaration"),

        // The tape.
        new("NG0010", "Unknown tap"),
        new("NG0011", "Shapes do not fit"),
        new("NG0012", "Bad argument value"),
        new("NG0013", "Missing input"),
        new("NG0014", "A name is used twice"),
        new("NG0015", "Unused branch"),
        new("NG0016", "A block contains itself"),
        new("NG0017", "Too many elements to address"),
        new("NG0018", "Bad expression"),
        new("NG0019", "A required argument is missing"),
        new("NG0020", "Wrong number of inputs"),
        new("NG0021", "No output, or several that are not told apart"),
        new("NG0022", "A layer is reused on another shape"),
        new("NG0023", "Bad initializer, regularizer or constraint"),
        new("NG0024", "Bad repetition or condition"),
        new("NG0025", "Too many layers"),
        new("NG0026", "A block's arguments do not fit"),
        new("NG0027", "A block cannot be read"),
        new("NG0028", "A network that decodes cannot run step by step"),

        // Members beside the generated ones (Frontend/MemberClash).
        new("NG0029", "A member clashes with a generated one"),

        // Attributes elsewhere.
        new("NG0040", "Layers on a class that is neither a network nor a block"),

        new(InternalError, "The compiler of networks failed"),
    ];
}
