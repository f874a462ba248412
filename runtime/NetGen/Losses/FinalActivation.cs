namespace NetGen;

/// <summary>The activation that a network's output ends in, as far as a loss may be computed from what stands before it.</summary>
public enum FinalActivation
{
    /// <summary>None, or one that no loss fuses with.</summary>
    None,

    /// <summary>Softmax over the last axis.</summary>
    Softmax,

    /// <summary>The logistic function of each element.</summary>
    Sigmoid,
}
