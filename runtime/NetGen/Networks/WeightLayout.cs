namespace NetGen;

/// <summary>How a parameter lies in a network's flat weights.</summary>
public enum WeightLayout
{
    /// <summary>Row-major, in the shape that Keras gives it.</summary>
    Plain,

    /// <summary>
    /// A matrix (K,N), or a filter whose last axis is N and whose others together are K, in panels of 32 columns, [N/32][K][32]; what is left of the columns is a panel of 16 or 32 whose last lanes are zero.
    /// </summary>
    Panels,
}
