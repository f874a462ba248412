namespace NetGen;

public static partial class Ops
{
    /// <summary>The remainder of a / b, with the sign of b as in NumPy; NaN where b is 0.</summary>
    public sealed class ModAttribute : LayerAttribute
    {
        /// <summary>Of named outputs.</summary>
        /// <param name="inputs">The names of the two outputs; shapes broadcast.</param>
        public ModAttribute(params string[] inputs) => this.Inputs = inputs;

        /// <summary>The names of the two outputs; shapes broadcast.</summary>
        public string[] Inputs { get; }

        /// <summary>Whether the remainder has the sign of a instead, as in C.</summary>
        public bool Fmod { get; set; }
    }
}
