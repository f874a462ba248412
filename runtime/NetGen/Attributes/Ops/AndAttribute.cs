namespace NetGen;

public static partial class Ops
{
    /// <summary>1 where neither a nor b is 0, else 0.</summary>
    public sealed class AndAttribute : LayerAttribute
    {
        /// <summary>Of named outputs.</summary>
        /// <param name="inputs">The names of the two outputs; shapes broadcast.</param>
        public AndAttribute(params string[] inputs) => this.Inputs = inputs;

        /// <summary>The names of the two outputs; shapes broadcast.</summary>
        public string[] Inputs { get; }
    }
}
