// A quadratic surface through what samples came to, over the places of their draws: least squares
// over all products of at most two coordinates, with a penalty on all but the constant, so that few
// samples of many draws make a flat surface and no wild one (ridge regression: Hoerl and Kennard
// 1970). The penalty is the one of a few that cross-validates best (Golub, Heath and Wahba 1979),
// among those that leave half of the degrees of freedom.
#pragma once

#include <vector>

namespace oddroad::explore {

class Surface {
 public:
  // Places have coordinates between 0 and 1, all as many, and a value each; at least two.
  Surface(const std::vector<std::vector<double>>& places, const std::vector<double>& values);

  struct Guess {
    double mean = 0;
    double spread = 0;  // standard deviation: of what the surface leaves, and of the surface there
  };
  [[nodiscard]] Guess at(const std::vector<double>& place) const;

 private:
  struct Fit {
    std::vector<std::vector<double>> factor;  // of the penalised mean products of terms
    std::vector<double> weights;              // of the terms
    double free = 0;                          // degrees of freedom that are left
    double left = 0;                          // variance about the surface
    double score = 0;                         // generalised cross-validation: least is best
  };
  Fit fit(const std::vector<std::vector<double>>& rows, const std::vector<double>& values,
          std::vector<std::vector<double>> products, double penalty) const;

  double count_ = 0;
  double mean_ = 0;
  Fit fit_;
};

}  // namespace oddroad::explore
