namespace NetGen;

public static partial class Ops
{
    /// <summary>x where the condition is not 0, else y.</summary>
    public sealed class WhereAttribute : LayerAttribute
    {
        /// <summary>Of named outputs.</summary>
        /// <param name="inputs">The names of the condition, x and y; shapes broadcast.</param>
        public WhereAttribute(params string[] inputs) => this.Inputs = inputs;

        /// <summary>The names of the condition, x and y; shapes broadcast.</summary>
        public string[] Inputs { get; }
    }
}
