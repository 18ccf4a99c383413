"""Routes of AMFI's list."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, File, Query, UploadFile

from services.financial.application.investments.find_funds import MAX_FUNDS, FindFundsRequest
from services.financial.application.investments.import_navs import ImportNavsRequest
from services.financial.application.investments.use_cases import InvestmentUseCases
from services.financial.presentation.investments.fund_responses import FundsResponse, NavImportResponse
from services.shared.domain.errors import PermissionDeniedError, TooLargeError
from services.shared.infrastructure.problem import problem_responses

_MAX_FILE_BYTES: Final = 64 * 2**20


def add_fund_routes(router: APIRouter, use_cases: InvestmentUseCases, caller: Any) -> None:
    """Looking funds up, and importing their values."""

    @router.get("/funds", responses=problem_responses(413), summary="Look funds up")
    async def find_funds(
        user: caller,
        q: Annotated[str, Query(min_length=1, max_length=200, description="AMFI code, ISIN, or words of the name.")],
        limit: Annotated[int, Query(ge=1, le=MAX_FUNDS)] = 10,
    ) -> FundsResponse:
        """Schemes of AMFI's list with their newest value and its age."""
        return FundsResponse.model_validate(await use_cases.find_funds(FindFundsRequest(text=q, limit=limit)))

    @router.post("/navs", responses=problem_responses(400, 403, 413, 415), summary="Import AMFI's NAVAll.txt")
    async def import_navs(
        user: caller, file: Annotated[UploadFile, File(description="NAVAll.txt or a history file from amfiindia.com.")]
    ) -> NavImportResponse:
        """Keep the values of all schemes. They are everyone's: this needs the scope `admin`."""
        if "admin" not in user.scopes:
            raise PermissionDeniedError(
                "Net asset values are everyone's: only an administrator may import them. On a machine of your own use "
                "'nivesh investments navs'."
            )
        content = await file.read(_MAX_FILE_BYTES + 1)
        if len(content) > _MAX_FILE_BYTES:
            raise TooLargeError(f"The file may have at most {_MAX_FILE_BYTES // 2**20} MiB.")
        return NavImportResponse.model_validate(await use_cases.import_navs(ImportNavsRequest(content=content)))
