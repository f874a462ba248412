namespace NetGen;

/// <summary>
/// Magnitudes that an optimizer takes for 0. A gradient that has died leaves slots which shrink step by step until rounding holds them in the subnormal
/// numbers, where arithmetic is several times slower, for ever. Each is told by bits of the exponent, all 0: NaN and infinity, which have them all, stay.
/// </summary>
internal static class Tiny
{
    /// <summary>Below 2^-126: subnormal.</summary>
    public const int Subnormal = 0x7F80_0000;

    /// <summary>Below 2^-95: moves no weight, and is subnormal after a learning rate has multiplied it.</summary>
    public const int Motionless = 0x7000_0000;

    /// <summary>Below 2^-63: its square is subnormal.</summary>
    public const int SubnormalSquare = 0x6000_0000;
}
