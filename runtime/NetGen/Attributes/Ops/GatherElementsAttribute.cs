namespace NetGen;

public static partial class Ops
{
    /// <summary>Elements along an axis of the data, by a number for each element of the result, which counts from the end where it is negative.</summary>
    public sealed class GatherElementsAttribute : LayerAttribute
    {
        /// <summary>Of named outputs.</summary>
        /// <param name="inputs">The names of the data and of the numbers, which have as many axes.</param>
        public GatherElementsAttribute(params string[] inputs) => this.Inputs = inputs;

        /// <summary>The names of the data and of the numbers, which have as many axes.</summary>
        public string[] Inputs { get; }

        /// <summary>The axis, with the batch as 0; the first of a sample unless given.</summary>
        public object? Axis { get; set; }
    }
}
