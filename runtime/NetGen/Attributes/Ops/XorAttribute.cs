namespace NetGen;

public static partial class Ops
{
    /// <summary>1 where one of a and b is 0 and the other is not, else 0.</summary>
    public sealed class XorAttribute : LayerAttribute
    {
        /// <summary>Of named outputs.</summary>
        /// <param name="inputs">The names of the two outputs; shapes broadcast.</param>
        public XorAttribute(params string[] inputs) => this.Inputs = inputs;

        /// <summary>The names of the two outputs; shapes broadcast.</summary>
        public string[] Inputs { get; }
    }
}
