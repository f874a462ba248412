namespace NetGen.Generator;

/// <summary>Where a value comes from.</summary>
internal enum ValueKind
{
    /// <summary>Given by the caller at each call.</summary>
    Input,

    /// <summary>A weight or a state of the network (a moving average).</summary>
    Parameter,

    /// <summary>Known to the compiler.</summary>
    Constant,

    /// <summary>The result of a node.</summary>
    Computed,

    /// <summary>The gradient of an output, given by the loss between the forward and the backward half of a training step.</summary>
    Gradient,

    /// <summary>1 where the named part of the network trains, 0 where it is frozen; a scalar that the caller sets.</summary>
    Toggle,

    /// <summary>How many steps of each sample count, of a time: given by the caller, or all.</summary>
    Lengths,

    /// <summary>What is taken over from one call to the next, by a stream or from batch to batch: replaced at the end of each by the graph's update of it.</summary>
    State,
}

/// <summary>A tensor of the graph. It is made once, by its producer, and never changes.</summary>
internal sealed class Value
{
    public Value(int id, ValueKind kind, TensorType type, string name)
    {
        this.Id = id;
        this.Kind = kind;
        this.Type = type;
        this.Name = name;
    }

    /// <summary>Unique within its graph and in the order of making, so that texts and emitted names are stable.</summary>
    public int Id { get; }

    public ValueKind Kind { get; }

    public TensorType Type { get; }

    public Shape Shape => this.Type.Shape;

    /// <summary>A name for people: the layer that made it, the parameter's, or the time's symbol.</summary>
    public string Name { get; }

    /// <summary>Whether it is a state to which each call adds.</summary>
    public bool IsGrowing => this.Kind == ValueKind.State && this.Shape.Rank > 0 && this.Shape[0].Symbols.Contains(Dim.Past.Symbols[0]);

    /// <summary>The node whose output this is, or null.</summary>
    public Node? Producer { get; internal set; }

    /// <summary>The parameter that it stands for, if it is one.</summary>
    public Parameter? Parameter { get; init; }

    /// <summary>The elements of a constant in row-major order, if it is one.</summary>
    public EquatableArray<double> Data { get; init; }

    /// <summary>The index among the graph's inputs or outputs of an input or a gradient.</summary>
    public int Slot { get; init; }

    public override string ToString() => "%" + this.Id;
}

/// <summary>An op applied to values.</summary>
internal sealed class Node(Op op, EquatableArray<Value> inputs, string scope)
{
    public Op Op { get; } = op;

    public EquatableArray<Value> Inputs { get; } = inputs;

    public EquatableArray<Value> Outputs { get; internal set; }

    /// <summary>The name of the layer that asked for it.</summary>
    public string Scope { get; } = scope;

    public Value Output => this.Outputs[0];
}

/// <summary>A weight or a state of the network, in Keras's shape and under Keras's name.</summary>
/// <param name="Name">The path: <c>dense/kernel</c>.</param>
/// <param name="Shape">Constant dimensions, in Keras's layout.</param>
/// <param name="Initializer">The call that makes the start values, as C# after <c>new</c>: <c>GlorotUniform()</c>.</param>
/// <param name="Trainable">False for a state that the optimizer must leave alone (moving averages).</param>
/// <param name="Toggle">The name on the tape whose <c>Trainable</c> governs it at run time, or null where none does.</param>
/// <param name="Regularizer">A penalty, as C# after <c>new</c>.</param>
/// <param name="Constraint">What it must meet, as C# after <c>new</c>.</param>
/// <param name="Fans">How many inputs and outputs each unit has, where the shape does not tell it as that of a matrix or of a convolution does.</param>
internal sealed record Parameter(
    string Name,
    Shape Shape,
    string Initializer,
    bool Trainable,
    string? Toggle = null,
    string? Regularizer = null,
    string? Constraint = null,
    (long In, long Out)? Fans = null);
