namespace NetGen.Generator;

/// <summary>What a layer builds from. One is made per application of a layer; the tape fills it.</summary>
internal abstract class LayerContext
{
    /// <summary>The graph under construction.</summary>
    public abstract Graph Graph { get; }

    /// <summary>The layer's full name: <c>block1/dense</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The taps that it takes.</summary>
    public abstract IReadOnlyList<Value> Inputs { get; }

    /// <summary>The only, or first, input.</summary>
    public Value X => this.Inputs[0];

    /// <summary>Keras's masks of the inputs, of shape (batch, time) and element type Bool or Float32 of 0 and 1; null where there is none.</summary>
    public abstract IReadOnlyList<Value?> Masks { get; }

    /// <summary>The mask that goes on with the output. Starts as the first input's mask; a layer that ends the time sets it to null.</summary>
    public abstract Value? OutputMask { get; set; }

    /// <summary>Whether the training program is being built (dropout, batch statistics).</summary>
    public abstract bool Training { get; }

    /// <summary>The name on the tape whose <c>Trainable</c> governs this layer, or null.</summary>
    public abstract string? Toggle { get; }

    /// <summary>
    /// Whether the governing toggle is live at run time, as a scalar of 0 and 1 in the graph; null where the layer always trains.
    /// BatchNormalization needs it: frozen, it runs in inference mode.
    /// </summary>
    public abstract Value? Live { get; }

    /// <summary>True if the argument was given.</summary>
    public abstract bool Has(string argument);

    /// <summary>An integer argument (an expression over block symbols is evaluated).</summary>
    public abstract long Integer(string argument, long? fallback = null, long least = long.MinValue, long most = long.MaxValue);

    /// <summary>One integer or an array of up to <paramref name="count"/>; a single one is repeated, as Keras does.</summary>
    public abstract IReadOnlyList<long> Integers(string argument, int? count, IReadOnlyList<long>? fallback = null, long least = long.MinValue);

    public abstract double Number(string argument, double? fallback = null);

    public abstract IReadOnlyList<double> Numbers(string argument, IReadOnlyList<double>? fallback = null);

    public abstract bool Boolean(string argument, bool fallback);

    public abstract string? Text(string argument);

    /// <summary>An enum argument by its member's name: <c>ReLU</c>.</summary>
    public abstract string Enum(string argument, string fallback);

    /// <summary>A weight of this layer, named <c>layer/name</c>. Applied again (Reuse), the layer gets the same one.</summary>
    /// <param name="name">Keras's name of the weight: <c>kernel</c>.</param>
    /// <param name="shape">Keras's shape.</param>
    /// <param name="initializer">The default, as C# after <c>new</c>: <c>GlorotUniform()</c>.</param>
    /// <param name="prefix">
    /// The prefix of the arguments that govern it: with <c>Kernel</c> the arguments KernelInitializer, KernelRegularizer and KernelConstraint are read; null for none.
    /// </param>
    /// <param name="trainable">False for a state such as a moving average.</param>
    public abstract Value Parameter(string name, Shape shape, string initializer, string? prefix, bool trainable = true);

    /// <summary>Replaces a state after each training step of a live layer.</summary>
    public abstract void Update(Value state, Value newValue);

    /// <summary>A stream of random numbers of this layer's own.</summary>
    public abstract int NextRandomStream();

    /// <summary>Names a further output (<c>state_h</c>): the tap <c>layer.state_h</c>.</summary>
    public abstract void Tap(string suffix, Value value);

    /// <summary>The problem on an argument, or on the attribute where it is null; throw it.</summary>
    public abstract ProblemException Fail(string id, string? argument, string message);
}
