namespace NetGen.Generator;

/// <summary>
/// The compiler: a pure function from a model to C#, which knows no Roslyn type. One direction, no stage calls an earlier one:
/// Layers → Graph → Shapes → Autodiff → Passes → Schedule → Emit.
/// </summary>
internal static class Compiler
{
}

/// <summary>What the compiler made of a model.</summary>
/// <param name="Shell">The plain source output: base class, constructors, constants, Predict, docs. Also given for an invalid net, so that user code binds.</param>
/// <param name="Kernels">The implementation output, or null where the model has problems.</param>
/// <param name="Problems">What is wrong, in the order of the tape.</param>
internal sealed record CompiledNetwork(string Shell, string? Kernels, EquatableArray<Problem> Problems);
