namespace NetGen;

/// <summary>What attention in several heads takes besides their numbers and sizes.</summary>
public abstract class AttentionHeadsAttribute : KernelAttribute
{
    private protected AttentionHeadsAttribute(string[] inputs) => this.Inputs = inputs;

    /// <summary>The names of query, value and key.</summary>
    public string[] Inputs { get; }

    /// <summary>The rate of dropout of the attention's weights; 0 unless given.</summary>
    public object? Dropout { get; set; }

    /// <summary>Whether the heads' outputs are multiplied by the sigmoid of a further projection of the query, <c>gate</c>; false unless given.</summary>
    public object? UseGate { get; set; }

    /// <summary>Whether step i attends to the steps 0 to i of the value alone; false unless given.</summary>
    public object? UseCausalMask { get; set; }

    /// <summary>The name of an output (batch, queries, keys) of 0 and 1: which keys count for which query, besides the masks of the inputs.</summary>
    public string? AttentionMask { get; set; }

    /// <summary>A seed of the layer's own for dropout, an integer from 0, in the place of the trainer's: its random numbers then do not hang on where the layer stands.</summary>
    public object? Seed { get; set; }

    /// <summary>The name of an output (batch, time) of 0 and 1, which steps of the query count; its own mask unless given.</summary>
    public string? Mask { get; set; }
}
