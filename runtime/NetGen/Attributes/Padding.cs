namespace NetGen;

/// <summary>What stands around the input of a convolution or a pooling.</summary>
public enum Padding
{
    /// <summary>Nothing: the filter stays inside.</summary>
    Valid,

    /// <summary>Zeros on both sides, so that there are ceil(size / stride) outputs; an odd one stands behind.</summary>
    Same,

    /// <summary>Zeros in front alone, so that no output sees a later input; only over time (Conv1D).</summary>
    Causal,
}
