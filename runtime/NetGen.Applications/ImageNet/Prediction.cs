namespace NetGen;

/// <summary>One class of a decoded prediction.</summary>
/// <param name="Class">The class's number.</param>
/// <param name="Name">The class's name.</param>
/// <param name="Id">The name in WordNet, <c>n01440764</c>, where the labels have one; otherwise null.</param>
/// <param name="Probability">What the network gave it.</param>
public sealed record Prediction(int Class, string Name, string? Id, float Probability);
