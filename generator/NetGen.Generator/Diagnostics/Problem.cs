namespace NetGen.Generator;

/// <summary>Something wrong with a tape, told without any Roslyn type; the analyzer places it on the attribute's argument.</summary>
/// <param name="Id">A row of <see cref="ProblemTable"/>: <c>NG0012</c>.</param>
/// <param name="Attribute">The index of the attribute on the user's class, or -1 for the class itself.</param>
/// <param name="Argument">The argument's Pascal-case name, or null for the whole attribute.</param>
/// <param name="Message">The complete text: what was found, where, what was expected. Shapes are written in it.</param>
/// <param name="Suggestion">The nearest valid name for a misspelt one (the code fix puts it in), or null.</param>
internal sealed record Problem(string Id, int Attribute, string? Argument, string Message, string? Suggestion = null);

/// <summary>Ends the building of a graph with a problem.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Message)
{
    public Problem Problem { get; } = problem;
}

/// <summary>A rule of an op was broken by its inputs; the layer that asked for the op turns it into a <see cref="Problem"/> on its attribute.</summary>
internal sealed class ShapeException(string message) : Exception(message);
