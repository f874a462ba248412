namespace NetGen.Generator;

/// <summary>What the frontend read. It compares by value and travels through the incremental pipeline.</summary>
/// <param name="Model">The network.</param>
/// <param name="Problems">What is wrong with blocks as such.</param>
/// <param name="IsComplete">
/// False where the C# compiler itself has an error in one of the attributes: a layer or an argument is missing here, so that whatever else
/// seems wrong with the network would only be noise.
/// </param>
/// <param name="Members">The class's own members that could clash with generated ones.</param>
internal sealed record FrontendResult(ModelSpec Model, EquatableArray<Problem> Problems, bool IsComplete, EquatableArray<MemberSpec> Members);
