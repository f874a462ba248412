namespace NetGen.Generator;

/// <summary>A text is no expression, or cannot be evaluated.</summary>
/// <param name="message">What is wrong and at which character.</param>
/// <param name="position">The index of the offending character.</param>
/// <param name="suggestion">The nearest symbol to an unknown one, or null.</param>
internal sealed class ExpressionException(string message, int position, string? suggestion = null) : Exception(message)
{
    public int Position { get; } = position;

    public string? Suggestion { get; } = suggestion;

    /// <summary>Whether the text failed only because a name in it stands for nothing.</summary>
    public bool IsUnknownSymbol { get; init; }
}
