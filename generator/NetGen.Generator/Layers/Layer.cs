namespace NetGen.Generator;

/// <summary>
/// A word of the user's vocabulary: a Keras layer, with Keras's arguments, defaults, weight names and shapes. It only composes ops.
/// Add one: its attribute in the runtime, its file here, and a row in <see cref="LayerTable"/>.
/// </summary>
internal abstract class Layer
{
    /// <summary>The attribute's name without the suffix: Keras's class name, or ONNX's behind <c>Ops.</c></summary>
    public abstract string Kind { get; }

    /// <summary>The prefix of default names, as Keras makes them: <c>conv2d</c>, then <c>conv2d_1</c>.</summary>
    public virtual string DefaultName => SnakeCase.From(this.Kind.Split('.').Last());

    /// <summary>How many taps it takes: one for most layers, two and more for merges, none for what begins with itself (a constant).</summary>
    public virtual (int Least, int Most) Inputs => (1, 1);

    /// <summary>Names of the arguments that it reads, beside the tape's own (<see cref="TapeWords"/>).</summary>
    public abstract IReadOnlyList<string> Arguments { get; }

    /// <summary>Whether the mask of the (first) input goes on with the output, as Keras's <c>supports_masking</c> says. Layers that make a mask set it themselves.</summary>
    public virtual bool CarriesMask => false;

    /// <summary>What <c>ActivityRegularizer</c> is about: the outputs, as Keras gives them. Layers that regularize parts of theirs do that as they build.</summary>
    public virtual IEnumerable<Value> Activities(LayerContext context, Value output) => [output, .. context.Extra.Values.Select(e => e.Value)];

    /// <summary>Builds the layer's ops behind its inputs and gives its output.</summary>
    /// <exception cref="ProblemException">An argument or an input's shape is wrong; the context's <c>Fail</c> makes it.</exception>
    /// <exception cref="ShapeException">An op does not fit its inputs; the tape makes NG0011 of it.</exception>
    public abstract Value Build(LayerContext context);
}
