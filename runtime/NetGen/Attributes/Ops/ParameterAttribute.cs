namespace NetGen;

public static partial class Ops
{
    /// <summary>
    /// A weight by itself, saved as <c>name/value</c>. It is the same for every sample: the output has the shape told here and no batch.
    /// The chain goes on past it, and others take it by its name; only at the beginning of a tape it begins the chain.
    /// </summary>
    public sealed class ParameterAttribute : LayerAttribute
    {
        /// <summary>A scalar.</summary>
        public ParameterAttribute() => this.Shape = Array.Empty<int>();

        /// <summary>Of constants.</summary>
        /// <param name="shape">The shape.</param>
        public ParameterAttribute(params int[] shape) => this.Shape = shape;

        /// <summary>With symbols of a block, as texts.</summary>
        /// <param name="shape">The shape.</param>
        public ParameterAttribute(params object[] shape) => this.Shape = shape;

        /// <summary>The shape; a scalar where it is empty.</summary>
        public object Shape { get; }

        /// <summary>The start values, such as <c>"Zeros"</c>; <c>GlorotUniform</c> unless given.</summary>
        public string? Initializer { get; set; }

        /// <summary>What its size adds to the loss, such as <c>"L2(0.01)"</c>; nothing unless given.</summary>
        public string? Regularizer { get; set; }

        /// <summary>What it is held to behind each step, such as <c>"NonNeg"</c>; nothing unless given.</summary>
        public string? Constraint { get; set; }

        /// <summary>Whether it is a state that no optimizer changes.</summary>
        public bool NonTrainable { get; set; }
    }
}
