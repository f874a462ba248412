namespace NetGen;

public static partial class Ops
{
    /// <summary>a / b.</summary>
    public sealed class DivAttribute : LayerAttribute
    {
        /// <summary>Of named outputs.</summary>
        /// <param name="inputs">The names of the two outputs; shapes broadcast.</param>
        public DivAttribute(params string[] inputs) => this.Inputs = inputs;

        /// <summary>The names of the two outputs; shapes broadcast.</summary>
        public string[] Inputs { get; }
    }
}
