namespace NetGen;

public static partial class Ops
{
    /// <summary>x from 0 on, slope x below.</summary>
    public sealed class PReluAttribute : LayerAttribute
    {
        /// <summary>Of named outputs.</summary>
        /// <param name="inputs">The names of x and of the slope, which broadcasts to it.</param>
        public PReluAttribute(params string[] inputs) => this.Inputs = inputs;

        /// <summary>The names of x and of the slope, which broadcasts to it.</summary>
        public string[] Inputs { get; }
    }
}
