namespace NetGen;

public static partial class Ops
{
    /// <summary>1 where a &lt; b, else 0.</summary>
    public sealed class LessAttribute : LayerAttribute
    {
        /// <summary>Of named outputs.</summary>
        /// <param name="inputs">The names of the two outputs; shapes broadcast.</param>
        public LessAttribute(params string[] inputs) => this.Inputs = inputs;

        /// <summary>The names of the two outputs; shapes broadcast.</summary>
        public string[] Inputs { get; }
    }
}
