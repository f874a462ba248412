namespace NetGen;

/// <summary>How an Attention compares a query with a key: Keras's <c>score_mode</c>.</summary>
public enum ScoreMode
{
    /// <summary>By their scalar product.</summary>
    Dot,

    /// <summary>By the sum of the hyperbolic tangents of their sum.</summary>
    Concat,
}
