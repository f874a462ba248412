namespace NetGen;

/// <summary>
/// An attribute made of attributes: derive from it, and the layers on the derived class stand for it wherever it is used. The parameters of its
/// constructor are symbols in its layers' arguments:
/// <code>
/// [Dense(nameof(units)), BatchNormalization, ReLU]
/// public sealed class DenseUnitAttribute(int units) : BlockAttribute;
/// </code>
/// is used as <c>[DenseUnit(64)]</c>. The tap <c>"input"</c> is what flows into the block.
/// </summary>
public abstract class BlockAttribute : TapeAttribute
{
    /// <summary>Makes a block without modifiers.</summary>
    protected BlockAttribute()
    {
    }

    /// <summary>
    /// The block's name: its output's, and the prefix of its layers' names, <c>name/layer</c>. It may hold expressions in braces, <c>"stage{i}"</c>.
    /// Without one it is named after its class, <c>dense_unit</c>, <c>dense_unit_1</c>, ...; with an empty name its layers have no prefix.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>The name of the output that the block takes, in place of the one before it.</summary>
    public string? From { get; set; }

    /// <summary>
    /// Whether the block's layers start as trainable. Giving it, true or false, also makes it a switch that can be changed at run time.
    /// </summary>
    public bool Trainable { get; set; }

    /// <summary>
    /// False: the block's layers do in training what they do in inference, as when Keras calls a model with <c>training=False</c>. BatchNormalization uses its moving averages and
    /// leaves them as they are, dropout is off; weights train all the same, which <see cref="Trainable"/> decides. It suits fine-tuning where the averages come from many more images of the
    /// same kind.
    /// </summary>
    public bool Training { get; set; } = true;

    /// <summary>A condition over the surrounding block's symbols; where it is false, the input is passed through.</summary>
    public string? When { get; set; }

    /// <summary>
    /// How many times the block is applied, one behind the other, each with its own weights: an integer or an expression. Its arguments may use
    /// <c>i</c>, which counts from 0.
    /// </summary>
    public object? Repeat { get; set; }

    /// <summary>Whether the block is applied to each time step alone, with the same weights.</summary>
    public bool TimeDistributed { get; set; }
}
