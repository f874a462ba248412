namespace NetGen;

public static partial class Ops
{
    /// <summary>1 where a &gt; b, else 0.</summary>
    public sealed class GreaterAttribute : LayerAttribute
    {
        /// <summary>Of named outputs.</summary>
        /// <param name="inputs">The names of the two outputs; shapes broadcast.</param>
        public GreaterAttribute(params string[] inputs) => this.Inputs = inputs;

        /// <summary>The names of the two outputs; shapes broadcast.</summary>
        public string[] Inputs { get; }
    }
}
