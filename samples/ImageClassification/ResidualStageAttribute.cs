namespace NetGen.Samples;

/// <summary>Three residual blocks of one size, of which the first shrinks the map.</summary>
/// <param name="filters">The channels.</param>
/// <param name="strides">By which the map shrinks.</param>
[Block<ResidualBlockAttribute>(nameof(filters), nameof(strides))]
[Block<ResidualBlockAttribute>(nameof(filters), 1, Repeat = 2)]
public sealed class ResidualStageAttribute(int filters, int strides) : BlockAttribute;
