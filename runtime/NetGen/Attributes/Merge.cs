namespace NetGen;

/// <summary>How the outputs of both directions of a bidirectional layer become one: Keras's <c>merge_mode</c>.</summary>
public enum Merge
{
    /// <summary>One behind the other along the last axis, the forward direction first.</summary>
    Concat,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their product, element by element.</summary>
    Mul,

    /// <summary>Their mean.</summary>
    Ave,

    /// <summary>They stay apart: the forward direction's goes on, the backward direction's is the tap <c>name.backward</c>.</summary>
    None,
}
