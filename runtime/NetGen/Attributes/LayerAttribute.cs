namespace NetGen;

/// <summary>A layer. Its own arguments have Keras's names, meanings and defaults.</summary>
public abstract class LayerAttribute : TapeAttribute
{
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// The layer's name, by which others may take its output and under which its weights are saved. In a block it may hold expressions
    /// in braces: <c>"conv{i}"</c>. Left out, it is Keras's: <c>dense</c>, <c>dense_1</c>, ...
    /// </summary>
    public string? Name { get; set; }

    /// <summary>The name of the output that the layer takes, in place of the one before it.</summary>
    public string? From { get; set; }

    /// <summary>
    /// Whether the layer starts as trainable. Giving it, true or false, also makes it a switch that can be changed at run time;
    /// without it, the layer follows the block around it.
    /// </summary>
    public bool Trainable { get; set; }

    /// <summary>
    /// False: the layer does in training what it does in inference, as when Keras calls a layer with <c>training=False</c>. BatchNormalization uses its moving averages and
    /// leaves them as they are, dropout is off; weights train all the same, which <see cref="Trainable"/> decides. It suits fine-tuning where the averages come from many more images of the
    /// same kind.
    /// </summary>
    public bool Training { get; set; } = true;

    /// <summary>
    /// A penalty on what the layer gives that is added to the loss, of training and of evaluation: <c>"L1(0.01)"</c>, <c>"L2(0.01)"</c> or <c>"L1L2(0.01, 0.02)"</c>; none unless given. It is a sum over
    /// all elements of the batch, which Keras 3 does not divide by the number of samples. Steps beyond a sample's length do not count. Of a MultiHeadAttention it is on the projections, as in Keras.
    /// </summary>
    public string? ActivityRegularizer { get; set; }

    /// <summary>A condition over the block's symbols, such as <c>"strides == 1"</c>; where it is false, the input is passed through.</summary>
    public string? When { get; set; }

    /// <summary>How many times the layer is applied, one behind the other, each with its own weights: an integer or an expression.</summary>
    public object? Repeat { get; set; }

    /// <summary>Whether the layer is applied to each time step alone, with the same weights: (batch, time, ...) to (batch, time, ...).</summary>
    public bool TimeDistributed { get; set; }
}
