namespace NetGen.Generator;

/// <summary>What the steps of a recurrent layer are made of: the shapes of input, state and weights, and what its products are.</summary>
internal abstract class CellSpace
{
    /// <summary>(batch, time, ..., features).</summary>
    public abstract Value Input { get; }

    /// <summary>(batch, ..., units).</summary>
    public abstract Shape State { get; }

    /// <summary>The shape of a state in the layer's own format.</summary>
    public virtual Shape Outside => this.State;

    /// <summary>The size of each state, or its channels.</summary>
    public Dim Units => this.State.Last;

    /// <summary>Whether a step is one of ONNX's recurrent operators.</summary>
    public virtual bool IsOnnx => false;

    /// <summary>The shape of the input's weight.</summary>
    public abstract Shape Kernel(long gates);

    /// <summary>The shape of the state's weight.</summary>
    public abstract Shape Recurrent(long gates);

    /// <summary>x W, of any number of samples.</summary>
    public abstract Value Project(Graph g, Value x, Value kernel);

    /// <summary>h U.</summary>
    public abstract Value Product(Graph g, Value h, Value recurrent);

    /// <summary>A state from the layer's own format.</summary>
    public virtual Value Read(Value state) => state;

    /// <summary>A state in the layer's own format.</summary>
    public virtual Value Write(Value state) => state;

    /// <summary>The states of all steps (batch, time, ...) in the layer's own format.</summary>
    public virtual Value WriteSteps(Value states) => states;
}
