namespace NetGen;

public static partial class Ops
{
    /// <summary>NumPy's matmul of what each sample has: matrices along the last two axes, vectors as rows on the left and columns on the right, further axes broadcast. What has no batch is the same for all samples.</summary>
    public sealed class MatMulAttribute : LayerAttribute
    {
        /// <summary>Of named outputs.</summary>
        /// <param name="inputs">The names of the two factors.</param>
        public MatMulAttribute(params string[] inputs) => this.Inputs = inputs;

        /// <summary>The names of the two factors.</summary>
        public string[] Inputs { get; }
    }
}
