namespace NetGen;

public static partial class Ops
{
    /// <summary>
    /// What lies along an axis of the data, by numbers, which count from the end where they are negative: the axis is replaced by those of the numbers. Numbers without a batch name the
    /// same of each sample; where they have one, each sample takes from its own data, or from a table without a batch.
    /// </summary>
    public sealed class GatherAttribute : LayerAttribute
    {
        /// <summary>Of named outputs.</summary>
        /// <param name="inputs">The names of the data and of the numbers.</param>
        public GatherAttribute(params string[] inputs) => this.Inputs = inputs;

        /// <summary>The names of the data and of the numbers.</summary>
        public string[] Inputs { get; }

        /// <summary>The axis of the data, with the batch as 0; the first of a sample unless given.</summary>
        public object? Axis { get; set; }
    }
}
