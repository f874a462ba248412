using NetGen.Conformance.Tests.Keras;

namespace NetGen.Conformance.Tests;

/// <summary>The variables of a case, an optimizer, and its state.</summary>
internal sealed class OptimizedVariables
{
    private readonly ParameterInfo[] _parameters;

    public OptimizedVariables(IReadOnlyList<KerasValue> initial, Optimizer optimizer)
    {
        _parameters = new ParameterInfo[initial.Count];
        int length = 0;
        for (int i = 0; i < initial.Count; i++)
        {
            _parameters[i] = new ParameterInfo($"variable_{i}", initial[i].AsArray().Shape, length, new Zeros());
            length += _parameters[i].Length;
        }
        Weights = new float[length];
        for (int i = 0; i < initial.Count; i++)
            _parameters[i].Pack(initial[i].AsArray().ToFloats(), Weights);
        State = NewState(optimizer);
    }

    public float[] Weights { get; }

    public OptimizerState State { get; private set; }

    /// <summary>Goes on with a fresh optimizer.</summary>
    public void StartAnew(Optimizer optimizer) => State = NewState(optimizer);

    /// <summary>A step with the gradients of some of the variables.</summary>
    public void Step(IEnumerable<(KerasValue Gradient, int Variable)> pairs)
    {
        float[] gradients = new float[Weights.Length];
        foreach ((KerasValue gradient, int variable) in pairs)
            _parameters[variable].Pack(gradient.AsArray().ToFloats(), gradients);
        State.Step(Weights, gradients);
    }

    public KerasArray Variable(int index) => Read(Weights, _parameters[index]);

    /// <summary>What a slot has of a variable.</summary>
    public KerasArray Slot(string name, int variable)
    {
        OptimizerSlot slot = State.Slots.Single(slot => slot.Name == name);
        return Read(slot.Values, slot.Layout[variable]);
    }

    private OptimizerState NewState(Optimizer optimizer)
        => new(optimizer, Weights.Length, [.. _parameters.Select(p => new UpdateRange(p.Offset, p.Length, Parameter: p))]);

    private static KerasArray Read(ReadOnlySpan<float> buffer, ParameterInfo parameter)
        => KerasArray.FromFloats(buffer.Slice(parameter.Offset, parameter.Count), parameter.Shape.ToArray());
}
