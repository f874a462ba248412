namespace NetGen;

public static partial class Ops
{
    /// <summary>
    /// Fixed numbers, which stand in the code. They are the same for every sample: the output has the shape told here and no batch.
    /// The chain goes on past a constant, which others take by its name; only at the beginning of a tape it begins the chain.
    /// </summary>
    public sealed class ConstantAttribute : LayerAttribute
    {
        /// <summary>Of numbers in row-major order.</summary>
        /// <param name="values">The numbers; a single one fills the whole shape.</param>
        public ConstantAttribute(params double[] values) => this.Values = values;

        /// <summary>The numbers in row-major order; a single one fills the whole shape.</summary>
        public double[] Values { get; }

        /// <summary>The shape; unless given, a scalar of one number and a vector of several.</summary>
        public int[]? Shape { get; set; }
    }
}
