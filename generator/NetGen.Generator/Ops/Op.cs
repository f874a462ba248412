namespace NetGen.Generator;

/// <summary>
/// A word of the compiler's vocabulary. Every op answers the same questions in the same order: what shape it gives, what its gradient is (as ops),
/// what may stand in its place, how it runs step by step, how it evaluates in double, and on which samples it is tested. Its kernels stand in <c>Kernels/</c> under its name.
/// Ops are records: two with equal arguments are equal, which is what common subexpressions and golden texts need.
/// </summary>
internal abstract record Op
{
    /// <summary>The ONNX name.</summary>
    public abstract string Name { get; }

    /// <summary>1. The types of the outputs.</summary>
    /// <exception cref="ShapeException">The inputs do not fit; the text has the shapes.</exception>
    public abstract TensorType[] Infer(TensorType[] inputs);

    /// <summary>
    /// 2. The gradient: for each input the sum over the outputs of dOutput times the derivative, or null where none flows.
    /// </summary>
    public abstract Value?[] Differentiate(GradientContext context);

    /// <summary>3. An equal value that is cheaper, or null. Called by the simplifying pass until nothing changes.</summary>
    public virtual Value? Simplify(Graph graph, IReadOnlyList<Value> inputs) => null;

    /// <summary>
    /// 4. The outputs when the steps of a time come a few at a time, with states for what earlier steps leave behind; null where later steps are needed. What it gives
    /// for the steps so far must be what the op gives for them as a whole sequence.
    /// </summary>
    public virtual Value[]? Stream(StreamContext context) => null;

    /// <summary>
    /// What the output would be over all steps so far along one axis, and over the steps of a call along the others: what causal attention compares steps with. Asked only of
    /// outputs with two times, as those of one are kept; null where later steps are needed.
    /// </summary>
    public virtual Value? StreamSoFar(StreamContext context, int axis) => null;

    /// <summary>5. The outputs in double precision: the reference for folding, finite differences and kernels.</summary>
    public abstract DoubleTensor[] Evaluate(EvaluationContext context);

    /// <summary>Arguments for the text form: <c>axis=1, keepdims</c>; empty where there are none.</summary>
    protected virtual string Arguments => "";

    public sealed override string ToString() => this.Arguments.Length == 0 ? this.Name : $"{this.Name}[{this.Arguments}]";
}

/// <summary>What an op's gradient is made from.</summary>
internal sealed class GradientContext(Graph graph, Node node, Value?[] outputGradients, bool[] needed)
{
    public Graph Graph { get; } = graph;

    public Node Node { get; } = node;

    /// <summary>The node's inputs: use them only where the rule needs X, because they are then kept for the backward half.</summary>
    public EquatableArray<Value> X => this.Node.Inputs;

    /// <summary>The node's outputs: cheaper to keep than X where the next layer keeps them anyway.</summary>
    public EquatableArray<Value> Y => this.Node.Outputs;

    /// <summary>The gradients of the outputs; null where none flows.</summary>
    public Value?[] OutputGradients { get; } = outputGradients;

    /// <summary>The gradient of the first output.</summary>
    public Value DY => this.OutputGradients[0]!;

    /// <summary>Whether the gradient of an input is wanted at all.</summary>
    public bool Needs(int input) => needed[input];
}

/// <summary>What an op is evaluated from.</summary>
/// <param name="Inputs">The inputs' values.</param>
/// <param name="Sizes">The numbers of the named symbols.</param>
/// <param name="Random">Uniform numbers by (stream, element).</param>
internal sealed record EvaluationContext(DoubleTensor[] Inputs, IReadOnlyDictionary<string, long> Sizes, Func<UniformExpr, long, double> Random)
{
    public DoubleTensor X => this.Inputs[0];
}
