namespace NetGen;

public static partial class Ops
{
    /// <summary>
    /// x as it would be after a conversion to another type. It stays a float: 16 bits round to the nearest, of two as near to the even one; whole numbers lose the fraction and wrap around, except those of
    /// 64 bits, and beyond 2^24 keep what floats can tell apart; <see cref="OnnxType.Bool"/> is 1 where x is not 0; the others change nothing.
    /// </summary>
    public sealed class CastAttribute : LayerAttribute
    {
        /// <summary>To a type.</summary>
        /// <param name="to">The type.</param>
        public CastAttribute(OnnxType to) => this.To = to;

        /// <summary>The type.</summary>
        public OnnxType To { get; }
    }
}
